/** Style of the section on figures over time. */
export const HISTORY = `
.trend{display:block;width:240px;height:24px;overflow:visible}
.trend path{fill:none;stroke:var(--series);stroke-width:1.75;stroke-linecap:round;stroke-linejoin:round;vector-effect:non-scaling-stroke}
.trend .cut{stroke:var(--ink);stroke-width:1;stroke-dasharray:3 3;stroke-linecap:butt}
.over tbody th{white-space:normal;min-width:7.5rem}
.over .scroll{width:fit-content;max-width:100%}
.over tbody :is(th,td){vertical-align:middle}
.over .remark{font-weight:400}
.alarms tbody :is(th,td){vertical-align:top}
.alarms td:nth-child(3){min-width:16rem}
.alarms td:nth-child(5){white-space:nowrap}
.alarms td:last-child{min-width:12rem}
@media (max-width:40rem){.trend{width:110px}}
`;
