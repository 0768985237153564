/** Style of the section on the deployed cluster. */
export const DEPLOYMENT = `
.topology,.timeline{display:block;width:100%;height:auto;font:13px var(--font)}
.topology{min-width:34rem;max-width:46rem;margin-inline:auto}
.timeline{min-width:26rem;font-size:12px}
:is(.topology,.timeline) text{fill:var(--ink)}
:is(.topology,.timeline) .s{fill:var(--soft)}
.topology .b{font-weight:600}
.topology .m{text-anchor:middle}
.topology .e{text-anchor:end}
.topology rect{fill:var(--card);stroke:var(--edge)}
.topology .disk{fill:var(--code);stroke:var(--line)}
.topology path{fill:none;stroke:var(--edge);stroke-width:1.5}
.topology .net{stroke:var(--link)}
.topology .bus{stroke-width:3}
.topology .sync{stroke:var(--good);stroke-width:3}
.topology .vote{stroke-dasharray:4 3}
.topology .fence{stroke:var(--bad);stroke-dasharray:2 2}
.timeline .begin{stroke:var(--line);fill:none}
.timeline .active,.sample.active{fill:var(--link);background:var(--link)}
.timeline .second,.sample.second{fill:var(--edge);background:var(--edge);fill-opacity:.55}
.timeline .off{stroke:var(--bad);stroke-width:2;fill:none}
.sample{display:inline-block;width:1.4em;height:.6em;border-radius:2px}
.sample.second{opacity:.55}
.scenario{margin:1.6rem 0 .7rem}
.steps{font-size:.9rem;margin:0 0 .9rem;padding-inline-start:1.4rem}
.steps strong{font-weight:600}
.no{color:var(--bad);font-weight:600}
.away{display:block;width:90px;height:6px;margin-top:.25rem;background:var(--line);border-radius:2px}
.away .full{fill:var(--link)}
.away .never{fill:var(--bad)}
:is(.rehearsal,.lint) tbody :is(th,td){vertical-align:top}
:is(.rehearsal,.deployed,.lint) tbody th{white-space:normal;min-width:9rem;overflow-wrap:normal}
.deployed td:nth-child(3){min-width:13rem}
.deployed td:nth-child(5){min-width:8.5rem}
.rehearsal tbody th{min-width:12rem}
.deployed .remark{font-weight:400}
.deployed thead th{white-space:normal}
.lint td:nth-child(2){min-width:16rem}
`;
