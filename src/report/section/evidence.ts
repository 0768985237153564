import type { Measurement } from '../../model/measurement.js';
import { visibleLine } from '../../model/text.js';
import type { Figures } from '../figures.js';
import { titleOf, type Gathered } from '../gathered.js';
import { isolated, markup, type Html } from '../html.js';
import { safeName } from '../identity.js';
import { paramLines, scopeLines } from '../scope-text.js';
import { rowsTable, scrolling } from './table.js';

interface Way {
  lines: [string, string][];
  projects: string[];
}

/** Ways of counting, each once, with the projects it holds for. */
function ways(measurements: readonly Measurement[]): Way[] {
  const found = new Map<string, Way>();
  for (const measurement of measurements) {
    const params = paramLines(measurement);
    const lines = scopeLines(measurement.scope);
    if (params.length > 0) lines.push(['Parameters', params.join('; ')]);
    const key = JSON.stringify(lines);
    const entry = found.get(key) ?? { lines, projects: [] };
    if (!entry.projects.includes(measurement.scope.project)) entry.projects.push(measurement.scope.project);
    found.set(key, entry);
  }
  return [...found.values()];
}

/** `Refs: every branch …; People: …`, once for each way of counting. */
function counted(measurements: readonly Measurement[]): Html {
  const all = ways(measurements);
  return markup`${all.map(
    ({ lines, projects }) =>
      markup`<p class="counted">
        ${all.length > 1 && markup`For ${projects.map((name, i) => markup`${i > 0 && ', '}<bdi>${name}</bdi>`)}: `}${lines.map(([label, text], i) => markup`${i > 0 && '; '}<b>${label}</b> ${isolated(text)}`)}.
      </p>`,
  )}`;
}

/**
 * What stands behind a figure: its first rows, how they were counted, and the way to its SQL and traps, which stand once
 * in the methods; the page's script puts all rows and the SQL here too. `who` names the project or all of them.
 */
export function evidence(
  figures: Figures,
  gathered: Gathered,
  measurements: readonly Measurement[],
  who: string | null,
): Html {
  const rows = measurements.reduce((sum, one) => sum + one.rows.length, 0);
  const tables = measurements.map((one) => figures.table(one)).join(' ');
  const name = `${safeName(gathered.id.replaceAll('/', '-'))}-${who === null ? 'all' : safeName(who)}.csv`;
  const label = `${titleOf(gathered)}, ${who === null ? 'all projects' : visibleLine(who)}`;
  const shown = figures.staticRows;
  return markup`<details
    class="evidence"
    data-tables="${tables}"
    data-file="${name}"
    data-label="${label}"
    ${who === null && markup` data-project=""`}
  >
    <summary>Rows, SQL and how it was counted<span class="vh">: ${label}</span></summary>
    <div class="inside">
      ${rows === 0 ? markup`<p>The query gave no rows.</p>` : scrolling(`Rows: ${label}`, shown === 0 ? markup`` : rowsTable(label, measurements, who === null, shown))}
      <p class="actions" hidden></p>
      ${rows > shown && markup`<p class="noscript">${shown === 0 ? 'The rows need' : 'The rest of the rows needs'} scripts, or <code>health report --csv</code>.</p>`}
      ${counted(measurements)}
      ${gathered.info && markup`<p class="way"><a href="#methods/${figures.anchors.figure(gathered.id)}">SQL, source and traps<span class="vh"> of ${titleOf(gathered)}</span></a></p>`}
    </div>
  </details>`;
}
