import { DEPLOYMENT } from './deployment-style.js';
import { HISTORY } from './history-style.js';
import { DARK_CATEGORY, LIGHT_CATEGORY } from './theme.js';

const variables = (colours: readonly string[]) => colours.map((colour, i) => `--c${i}:${colour}`).join(';');

const LIGHT = `color-scheme:light;--ground:#f7f8fa;--card:#ffffff;--ink:#18212b;--soft:#55606d;--line:#e0e4e9;--edge:#8a94a0;--link:#0b57a4;--focus:#0b57a4;--warn-ground:#fff6e0;--warn-ink:#6b4700;--warn-edge:#d9a521;--good:#0a6b4f;--bad:#a3262f;--code:#f1f3f6;--ramp-low:#a9c8e8;--ramp-high:#104b87;${variables(LIGHT_CATEGORY)}`;
const DARK = `color-scheme:dark;--ground:#12161b;--card:#1a2027;--ink:#e6eaef;--soft:#a3aebb;--line:#2f3842;--edge:#77828f;--link:#8cc0ff;--focus:#8cc0ff;--warn-ground:#33290f;--warn-ink:#f4d58a;--warn-edge:#a3801f;--good:#6fd6b0;--bad:#ff9a9e;--code:#222a33;--ramp-low:#34506e;--ramp-high:#8fc4ff;${variables(DARK_CATEGORY)}`;

const BASE = `
*,*::before,*::after{box-sizing:border-box}
html{--font:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;--mono:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;scroll-padding-top:4.25rem;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.55 var(--font);font-variant-numeric:tabular-nums lining-nums;overflow-wrap:break-word}
header,main,footer,.bar{max-width:1100px;margin-inline:auto;padding-inline:clamp(1rem,3vw,2rem)}
h1,h2,h3,h4,h5{line-height:1.2;margin:0;text-wrap:balance;font-weight:650}
h1{font-size:clamp(1.9rem,5vw,2.7rem);letter-spacing:-.022em}
h2{font-size:1.65rem;letter-spacing:-.015em;margin-bottom:.6rem}
h3{font-size:1.2rem;letter-spacing:-.008em;margin:2.25rem 0 .9rem}
h4{font-size:1.02rem}
h5{font-size:.82rem;color:var(--soft);margin:1.4rem 0 .5rem;font-weight:600}
p{margin:0 0 .8rem;max-width:70ch}
a{color:var(--link);text-underline-offset:.16em;text-decoration-thickness:.06em}
a:hover{text-decoration-thickness:.12em}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
main:focus{outline:none}
button{font:inherit;font-size:.86rem;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:.28rem .75rem;cursor:pointer}
button:hover{border-color:var(--ink)}
code,pre{font-family:var(--mono);font-size:.86em}
code{overflow-wrap:anywhere}
pre{background:var(--code);border-radius:8px;padding:.8rem 1rem;margin:0;overflow-x:auto;line-height:1.5;tab-size:2}
pre code{font-size:.82rem;overflow-wrap:normal}
ul{margin:0 0 .8rem;padding-inline-start:1.2rem}
[hidden]{display:none!important}
.vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;inset-inline-start:1rem;top:-4rem;z-index:30;background:var(--card);padding:.5rem 1rem;border:1px solid var(--edge);border-radius:0 0 8px 8px}
.skip:focus{top:0}
`;

const FRAME = `
header{padding-block:clamp(2rem,6vw,3.75rem) 1.5rem}
header>:last-child{margin-bottom:0}
.eyebrow{color:var(--soft);font-size:.9rem;margin-bottom:.35rem}
.meta{color:var(--soft);margin-top:.7rem;max-width:none}
.meta [aria-hidden]{padding-inline:.3em}
.replica,.warning{background:var(--warn-ground);color:var(--warn-ink);border:1px solid var(--warn-edge);border-radius:8px;padding:.65rem .95rem;margin:1rem 0;max-width:none}
.warning p{margin:0;max-width:none}
nav{position:sticky;top:0;z-index:20;background:var(--ground);border-block:1px solid var(--line)}
.bar{display:flex;align-items:center;gap:1rem}
nav .bar>ul{display:flex;gap:clamp(.9rem,1.7vw,1.35rem);list-style:none;margin:0;padding:0;overflow-x:auto;flex:1;min-width:0;scrollbar-width:none;padding-inline-end:1.5rem;mask-image:linear-gradient(to right,#000 calc(100% - 1.75rem),transparent)}
nav li{flex:none}
nav a{display:block;padding:.8rem .1rem .7rem;color:var(--soft);text-decoration:none;font-size:.92rem;border-bottom:2px solid transparent}
nav a:hover{color:var(--ink)}
nav a[aria-current]{color:var(--ink);border-color:var(--link)}
nav a:focus-visible{outline-offset:-3px}
#theme{flex:none}
#theme[aria-pressed=true]{background:var(--ink);color:var(--ground);border-color:var(--ink)}
main>section{padding-block:clamp(2rem,4.5vw,3rem);border-bottom:1px solid var(--line)}
main>section:last-child{border-bottom:0}
@media screen{main>section.project{content-visibility:auto;contain-intrinsic-size:auto 1900px}}
footer{padding-block:1.25rem;color:var(--soft);font-size:.88rem;border-top:1px solid var(--line)}
.lead{font-size:1.13rem;line-height:1.5;max-width:62ch}
.tag,.layer{font-size:.78rem;font-weight:500;letter-spacing:0;color:var(--soft);border:1px solid var(--line);border-radius:99px;padding:.12rem .55rem;vertical-align:.12em;white-space:nowrap}
.tag{color:var(--warn-ink);background:var(--warn-ground);border-color:var(--warn-edge)}
`;

const SUMMARY = `
.cards{list-style:none;padding:0;margin:1.4rem 0 0;display:grid;gap:1rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,19.5rem),1fr))}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.15rem 1.25rem 1rem;display:flex;flex-direction:column;min-width:0}
.cards:has(>:nth-child(4):last-child){grid-template-columns:repeat(auto-fill,minmax(min(100%,26rem),1fr))}
.card h3{margin:0;font-size:1.1rem;display:flex;flex-wrap:wrap;gap:.5rem;align-items:center}
.card h3 a,.dot{color:inherit;text-decoration:none;overflow-wrap:anywhere}
.card h3 a:hover,.dot:hover{text-decoration:underline}
.card h3 a::before,.dot::before,.project h2::before{content:"";display:inline-block;width:.62em;height:.62em;border-radius:50%;background:var(--series);margin-inline-end:.5em}
.project h2::before{margin-inline-end:.3em}
.spark{margin-top:.8rem}
.spark svg{display:block;width:100%;height:36px;fill:var(--series)}
.spark p{display:flex;justify-content:space-between;font-size:.76rem;color:var(--soft);margin:.25rem 0 .5rem;border-top:1px solid var(--line);padding-top:.2rem}
.answers{margin:0}
.answers dt{color:var(--soft);font-size:.84rem}
.answers dd{margin:0}
.answers p{margin:.15rem 0 0;font-size:.92rem;line-height:1.45}
.card .answers>div{padding:.6rem 0;border-top:1px solid var(--line)}
.card .answers>div:last-child{padding-bottom:0}
.project>.answers{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,15rem),1fr));gap:1rem;margin:1.2rem 0 1.4rem}
.project>.answers>div{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.85rem 1rem .9rem;min-width:0}
.short{font-size:1.12rem;font-weight:650;letter-spacing:-.01em}
.short.good,.turn.better{color:var(--good)}
.short.bad,.turn.worse{color:var(--bad)}
.short.fair{color:var(--warn-ink)}
.short.unknown,.soft{color:var(--soft)}
.behind{list-style:none;margin:.7rem 0 0;padding:.5rem 0 0;border-top:1px solid var(--line);font-size:.84rem;line-height:1.35}
.behind li{display:grid;grid-template-columns:1fr auto;gap:.1rem .6rem;padding:.2rem 0}
.behind b{font-weight:600;text-align:end}
.behind .band{grid-column:1/-1;justify-self:end}
.key{color:var(--soft);font-size:.84rem;margin:1rem 0 0;max-width:none}
.key .short{font-size:.9rem}
.glance tbody th{white-space:nowrap}
.glance td{min-width:13rem;vertical-align:top}
.glance .short{font-size:.95rem}
.band{display:block;width:88px;height:10px;margin:.2rem 0 .1rem;fill:var(--link)}
.band .t{fill:var(--line)}
.band .m{fill:var(--ink)}
.range{display:block;font-size:.8rem;color:var(--soft)}
.turn{font-size:.86rem;white-space:nowrap}
.matrix td .turn{display:block;font-size:.8rem}
.matrix td{min-width:9.5rem}
.matrix .figure{font-weight:600;font-size:1.02rem}
.matrix tbody th{white-space:normal;min-width:11rem}
.matrix :is(tbody th,thead th:first-child){position:sticky;inset-inline-start:0;background:var(--card);background-clip:padding-box;z-index:1}
.headlines td,.headlines tbody th{vertical-align:middle}
.headlines td:nth-child(3){min-width:18.5rem}
.headlines .remark{font-weight:400;margin-top:0}
.matrix .remark{font-weight:400}
.persons th,.persons td{padding-inline:.6rem}
.inside.persons .scroll{max-height:none;width:fit-content;max-width:100%}
.persons caption{padding-inline:.6rem}
.persons table{font-size:.86rem}
#choose{border:1px solid var(--line);border-radius:12px;background:var(--card);margin:0 0 1.2rem;padding:.5rem 1rem .8rem;display:flex;flex-wrap:wrap;gap:.35rem 1.1rem;align-items:center;min-width:0}
#choose legend{color:var(--soft);font-size:.84rem;padding-inline:.3rem}
#choose label{display:inline-flex;gap:.4rem;align-items:center;font-size:.92rem;padding:.15rem 0;cursor:pointer}
#choose .all{display:inline-flex;gap:.4rem;margin-inline-start:auto}
#choose output{color:var(--soft);font-size:.84rem}
.fold{border:1px solid var(--line);border-radius:12px;background:var(--card);margin:.75rem 0 0;padding:0 1.1rem}
.fold>summary{display:flex;flex-wrap:wrap;gap:.1rem .9rem;align-items:baseline;padding:.75rem 0}
.fold>summary::before{content:"";width:.45em;height:.45em;border:solid var(--soft);border-width:0 .14em .14em 0;transform:rotate(-45deg);flex:none;align-self:center}
.fold[open]>summary::before{transform:rotate(45deg)}
.fold>summary::-webkit-details-marker{display:none}
.fold>summary{list-style:none}
.fold>summary h3,.fold>summary h4{margin:0;font-size:1.05rem;color:var(--ink)}
.fold>summary>span{font-size:.86rem;color:var(--soft);font-weight:400}
.fold[open]{background:none}
.fold>.charts,.fold>.queries{padding-bottom:1.1rem}
.spark.seam svg{height:72px}
.seam path{fill:var(--series)}
.spark.seam p{max-width:none}
.seam .cut{stroke:var(--ink);stroke-dasharray:3 3;vector-effect:non-scaling-stroke;fill:none}
.swatch{display:inline-block;width:.7em;height:.7em;border-radius:2px;background:var(--series)}
.swatch:not(:first-child){margin-inline-start:1em}
.swatch.cut{background:none;border-inline-start:2px dashed var(--ink);border-radius:0;width:.2em;height:.9em;vertical-align:-.1em}
.ranges{margin-top:auto}
.ranges td:last-child{color:var(--soft)}
.ranges strong{color:var(--ink)}
.ranges .scroll{width:fit-content;max-width:100%}
.ranges+.evidence{margin-top:0!important}
.arrived{outline:2px solid var(--focus);outline-offset:2px}
search{position:relative;flex:none}
#find{font:inherit;font-size:.9rem;width:11rem;color:var(--ink);background:var(--card);border:1px solid var(--edge);border-radius:6px;padding:.28rem .6rem}
#found{position:absolute;inset-inline-end:0;top:calc(100% + .4rem);width:min(26rem,calc(100vw - 2rem));background:var(--card);border:1px solid var(--edge);border-radius:8px;box-shadow:0 6px 24px rgb(0 0 0/.2);padding:.4rem}
#found ul{display:block;padding:0;margin:0;max-height:60vh;overflow-y:auto}
#found a{display:flex;justify-content:space-between;gap:1rem;padding:.4rem .6rem;border:0;border-radius:5px;color:var(--ink);font-size:.92rem}
#found a:hover,#found a:focus-visible{background:var(--code)}
#found a span{color:var(--soft);font-size:.84rem;text-align:end}
#found p{margin:.3rem .6rem .2rem;font-size:.8rem;color:var(--soft)}
.card .warning{margin:0 0 .9rem;font-size:.88rem;padding:.45rem .7rem}
`;

const SELECTION = `
.score,.strip,.wins{display:block;fill:var(--series)}
.score{width:100%;min-width:7rem;height:auto;max-width:16rem}
.score{background:linear-gradient(var(--line),var(--line)) center/100% 2px no-repeat}
.score .u{fill-opacity:.5}
.judged-all td{min-width:8rem}
.judged-all .score{margin-block:.15rem .2rem;max-width:10rem}
.judged-all tbody th{min-width:8rem}
.proof>.scroll{position:relative}
.place{font-weight:600;font-size:1.02rem;margin-inline-end:.3em}
.place.first::before{content:"\\25CF";color:var(--good);font-size:.8em;margin-inline-end:.35em}
.layerpart{margin-bottom:2.5rem}
.judged>.inside>.scroll table{width:100%}
.judged .inside .scroll{max-height:none}
.judged>.inside>.scroll :is(td,th){vertical-align:middle}
.judged .scroll td:nth-child(3){min-width:9rem}
.robust{font-size:.94rem;max-width:78ch}
.robust li{margin-bottom:.25rem}
.weights{display:grid;gap:.7rem 1.5rem;grid-template-columns:minmax(0,1fr);margin-bottom:1rem}
.weights.three{grid-template-columns:minmax(0,1fr) minmax(0,1.5fr);align-items:start}
.weights>h5,.weights>.wins,.weights>p{grid-column:1/-1;margin-block:0}
.wins{width:100%;max-width:none;height:auto;background:var(--line);border-radius:2px}
.triangle{width:100%;max-width:24rem;height:auto;font-size:13px}
.triangle text{fill:var(--soft);stroke:none}
.triangle polygon{fill:var(--series);fill-opacity:.75;stroke:var(--card);stroke-width:1.5}
.triangle circle{fill:var(--card);stroke:var(--ink);stroke-width:2.5}
:is(.wins,.strip) path{fill:var(--series)}
.strip{width:15rem;max-width:100%;height:auto}
.strip path.m{fill:var(--ink)}
.strips .scroll{margin:0}
.flow{list-style:none;padding:0;margin:0 0 1rem;display:grid;grid-template-columns:repeat(4,minmax(0,1fr));gap:1.4rem}
.flow li{position:relative;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:.8rem .95rem;min-width:0}
.flow li+li::before{content:"\\2192";position:absolute;inset-inline-start:-1.25rem;top:50%;translate:0 -50%;color:var(--soft)}
.flow h5,.flow p{margin:0}
.flow p:not(.remark){font-weight:600;overflow-wrap:anywhere}
.lazy{margin-block:1.2rem}
.lazy>h4{margin-bottom:.6rem}
.proof table{font-size:.86rem}
.proof tbody th{font-weight:500}
.proof .remark{font-size:.8rem}
.sources{list-style:none;padding:0;margin:0;font-size:.8rem;min-width:13rem}
.behind-score>summary{padding-block:.5rem}
`;

const TABLES = `
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:8px;background:var(--card);margin:0 0 1rem}
.inside .scroll{max-height:26rem;overflow-y:auto}
table{border-collapse:collapse;width:100%;font-size:.9rem}
caption{text-align:start;color:var(--soft);font-size:.84rem;padding:.6rem .85rem}
th,td{text-align:start;vertical-align:baseline;padding:.42rem .85rem;border-top:1px solid var(--line)}
th{font-weight:550}
thead th{color:var(--soft);font-weight:500;font-size:.84rem;vertical-align:bottom}
tbody th{white-space:nowrap}
#replication tbody th{white-space:normal;min-width:9rem}
.inside table,.wide>.scroll table{width:auto;min-width:min(100%,24rem)}
.inside thead th{position:sticky;top:0;background:var(--card)}
.evidence .scroll,.wide>.scroll{width:fit-content;max-width:100%}
.trials table{width:100%}
.trials thead bdi{display:inline-block}
#replication .trials tbody th,.trials tbody th{white-space:normal;font-weight:400;min-width:16rem}
.n{text-align:end;white-space:nowrap}
.hash{font-size:.78rem;word-break:break-all}
td .hash{word-break:normal;overflow-wrap:normal}
.outcome{display:block;min-width:18rem}
.outcome.same>[aria-hidden],.outcome.found>[aria-hidden],.yes{color:var(--good);font-weight:700}
.outcome.not>[aria-hidden]{color:var(--bad);font-weight:700}
.nw{white-space:nowrap}
.remark{display:block;color:var(--soft);font-size:.86rem;margin-top:.2rem}
.rules,.facts{margin:0 0 1rem;font-size:.92rem}
.rules div{display:grid;grid-template-columns:9.5rem minmax(0,1fr);gap:.2rem 1rem;padding:.28rem 0}
.rules dt,.facts dt{color:var(--soft)}
.rules dd,.facts dd{margin:0;overflow-wrap:anywhere}
.facts{display:grid;grid-template-columns:repeat(auto-fill,minmax(8.5rem,1fr));gap:.9rem 1.2rem;margin-top:.2rem}
.facts div{display:grid;align-content:space-between}
.facts dt{font-size:.84rem}
.facts dt::first-letter,thead th::first-letter{text-transform:uppercase}
.facts dd{font-size:1.15rem;font-weight:600}
.facts .n{text-align:start}
.traps{font-size:.92rem;max-width:72ch}
.traps li{margin-bottom:.25rem}
.for{margin:.9rem 0 .3rem;font-size:.92rem}
.counted,.way{font-size:.88rem;max-width:none;margin:.9rem 0 .4rem}
.counted b{font-weight:500;color:var(--soft)}
.queries{columns:2 26rem;column-gap:2.5rem}
.query .rules{margin-bottom:.5rem}
.query h5{font-size:1rem;color:var(--ink);margin:0}
.query{break-inside:avoid;margin-bottom:1.6rem;font-size:.92rem}
.query p{margin:.25rem 0 .5rem}
.sha{color:var(--soft);font-size:.8rem}
`;

const CHARTS = `
.charts{display:grid;grid-auto-flow:row dense;gap:1.25rem;grid-template-columns:repeat(auto-fill,minmax(min(100%,29rem),1fr))}
.charts>:has(>details[open]),.charts>.wide,.charts>:only-child{grid-column:1/-1}
.charts>*{min-width:0}
#compare .charts{display:block;columns:2 29rem;column-gap:1.25rem}
#compare .charts>*{break-inside:avoid;margin-bottom:1.25rem}
#compare .charts>:has(>details[open]),#compare .charts>.wide{column-span:all}
.chart{margin:0;display:flex;flex-direction:column;background:var(--card);border:1px solid var(--line);border-radius:12px;padding:1.1rem 1.25rem .4rem;min-width:0}
.chart figcaption p,.question{color:var(--soft);margin:.15rem 0 .75rem;font-size:.94rem}
.plot{overflow-x:auto;position:relative}
.canvas{min-height:3rem}
.canvas:has(>.noscript){min-height:15rem}
.canvas>svg{display:block;width:100%;min-width:26rem;max-width:34rem;height:auto}
.stage svg{display:block}
.canvas.zoomable{touch-action:pan-y;cursor:grab;user-select:none;-webkit-user-select:none}
.canvas.zoomable:active{cursor:grabbing}
.canvas text{font-variant-numeric:tabular-nums}
.zoom{display:flex;flex-wrap:wrap;gap:.4rem;align-items:center;margin:.5rem 0 .7rem;font-size:.84rem;color:var(--soft)}
.zoom span{padding-inline-start:.3rem}
.empty{color:var(--soft)}
.evidence{margin-top:auto!important}
.chart>.plot{margin-bottom:.7rem}
details{border-top:1px solid var(--line);margin-top:.6rem}
summary{padding:.65rem 0;cursor:pointer;color:var(--soft);font-size:.9rem}
summary:hover{color:var(--ink)}
details[open]>summary{color:var(--ink);font-weight:550}
.trials{margin:0;border-top:0;border-bottom:1px solid var(--line)}
.inside{padding-bottom:.9rem}
.inside>h5:first-child{margin-top:.2rem}
.actions{display:flex;flex-wrap:wrap;gap:.5rem;margin:-.3rem 0 0}
.scripted .noscript{display:none}
.noscript{color:var(--soft);font-size:.88rem}
.plaincsv{display:block;width:100%;min-height:12rem;margin-top:.6rem;font:.82rem/1.5 var(--mono);background:var(--code);color:var(--ink);border:1px solid var(--edge);border-radius:8px}
#tip{position:fixed;top:0;left:0;z-index:40;max-width:min(22rem,90vw);pointer-events:none;background:var(--ink);color:var(--ground);border-radius:7px;padding:.45rem .7rem;font-size:.84rem;line-height:1.4;box-shadow:0 3px 14px rgb(0 0 0/.22)}
#tip dl{margin:0;display:grid;grid-template-columns:auto auto;gap:.05rem .8rem}
#tip dt{opacity:.8}
#tip dd{margin:0;font-weight:600;text-align:end;overflow-wrap:anywhere}
`;

const NARROW = `
@media (max-width:560px){
.chart,.card{padding-inline:.9rem}
.rules div{grid-template-columns:minmax(0,1fr);gap:0;padding:.35rem 0}
.rules dt{font-size:.84rem}
th,td{padding-inline:.6rem}
.outcome{min-width:14rem}
.scroll caption{max-width:calc(100vw - 3.5rem)}
html{scroll-padding-top:3.75rem}
nav{top:-3.1rem}
.bar{flex-wrap:wrap;gap:0 .8rem}
nav .bar>ul{order:1;flex:1 0 100%}
search{flex:1;padding-block:.45rem}
#find{width:100%}
#found{inset-inline:0 auto}
.headlines th{white-space:normal}
.headlines td:nth-child(3){min-width:0}
.headlines .range span{display:none}
.headlines .turn{white-space:normal}
.headlines :is(td,th){padding-inline:.45rem}
.headlines .band{width:64px;height:auto}
.fold{padding-inline:.8rem}
.flow,.weights.three{grid-template-columns:minmax(0,1fr)}
.flow{gap:1.3rem}
.flow li+li::before{content:"\\2193";inset-inline-start:1.2rem;top:-1.15rem;translate:none}
}
@media (pointer:coarse){.zoom span{display:none}}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
@media (forced-colors:active){.dot::before,.card h3 a::before,.project h2::before{forced-color-adjust:none}}
`;

const PRINT = `
@media print{
@page{margin:16mm 14mm}
html{font-size:10.5pt}
body{background:none}
header,main,footer{max-width:none;padding-inline:0}
nav,.skip,.zoom,.actions,.noscript,#tip,button,details:is(.evidence,.ranges,.sql,.behind-score):not([open]),#choose,.folded:not(:has(details[open])){display:none!important}
main>section{padding-block:1.4rem;border-bottom:0}
main>section.project,#replication,#methods{break-before:page}
h2,h3,h4,h5,figcaption,summary{break-after:avoid}
.chart,.card,.query,tr,.warning,.replica{break-inside:avoid}
details[open]{break-inside:auto}
.chart,.card,.scroll{border-color:#bbb}
.cards{grid-template-columns:repeat(3,1fr)}
.project>.answers{grid-template-columns:1fr 1fr;gap:.6rem}
.fold{border-color:#bbb;padding-inline:.8rem}
.answers>div{break-inside:avoid}
#compare .charts{columns:2 auto;column-gap:.8rem}
.charts{grid-template-columns:1fr 1fr;gap:.8rem}
.trials{display:block!important}
.card{padding:.7rem .8rem}
.plot,.scroll,.inside .scroll{overflow:visible;max-height:none}
.canvas svg{min-width:0;max-width:30rem;height:auto}
a{color:inherit}
.rules a[href^=http]{text-decoration:none}
table{font-size:8.5pt}
thead{display:table-header-group}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

/** The page's whole style sheet. Always the same text: its hash stands in the page's policy. */
export function pageStyle(): string {
  const projects = LIGHT_CATEGORY.map((_, i) => `.p${i}{--series:var(--c${i})}`).join('');
  const themes = `:root{${LIGHT};--series:var(--c0)}
@media screen and (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
@media screen{:root[data-theme=dark]{${DARK}}}`;
  return [themes, projects, BASE, FRAME, SUMMARY, SELECTION, DEPLOYMENT, HISTORY, TABLES, CHARTS, NARROW, PRINT]
    .join('\n')
    .replace(/\n+/g, '\n');
}
