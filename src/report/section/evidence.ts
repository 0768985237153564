import type { Measurement } from '../../model/measurement.js';
import { visibleLine } from '../../model/text.js';
import { titleOf, type Gathered } from '../gathered.js';
import type { Figures } from '../figures.js';
import { markup, type Html } from '../html.js';
import { safeName } from '../identity.js';
import { paramLines, scopeLines } from '../scope-text.js';
import { count } from '../figure-text.js';
import { rowsTable, scrolling, STATIC_ROWS } from './table.js';

/** Ways of counting, each once, with the projects it holds for. */
function scopes(measurements: readonly Measurement[]): { lines: [string, string][]; projects: string[] }[] {
  const found = new Map<string, { lines: [string, string][]; projects: string[] }>();
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

function counted(gathered: Gathered, measurements: readonly Measurement[]): Html {
  const ways = scopes(measurements);
  const { info } = gathered;
  return markup`${ways.map(
    ({ lines, projects }) =>
      markup`${ways.length > 1 && markup`<p class="for">For ${projects.map((name, i) => markup`${i > 0 && ', '}<bdi>${name}</bdi>`)}:</p>`}
        <dl class="rules">
          ${lines.map(
            ([label, text]) =>
              markup`<div>
                <dt>${label}</dt>
                <dd><bdi>${text}</bdi></dd>
              </div>`,
          )}
        </dl>`,
  )}
  ${
    info &&
    markup`<dl class="rules">
        <div>
          <dt>Query</dt>
          <dd><code>${info.id}</code>, sha256 <code class="hash">${info.sha256}</code></dd>
        </div>
        <div>
          <dt>Unit</dt>
          <dd>${info.unit}</dd>
        </div>
        <div>
          <dt>Source</dt>
          <dd>${info.source}</dd>
        </div>
      </dl>
      ${
        info.traps.length > 0 &&
        markup`<p class="for">Before you trust it:</p>
          <ul class="traps">
            ${info.traps.map((trap) => markup`<li>${trap}</li>`)}
          </ul>`
      }`
  }`;
}

/** What stands behind a figure: its rows, its SQL, and how they were counted. `who` names the project or all of them. */
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
  return markup`<details
    class="evidence"
    data-tables="${tables}"
    data-file="${name}"
    ${who === null && markup` data-project=""`}
  >
    <summary>Rows, SQL and how it was counted<span class="vh">: ${label}</span></summary>
    <div class="inside">
      <h5>Rows</h5>
      ${rows === 0 ? markup`<p>The query gave no rows.</p>` : scrolling(`Rows: ${label}`, rowsTable(label, measurements, who === null))}
      <p class="actions" hidden>
        ${rows > STATIC_ROWS && markup`<button type="button" data-do="rows">Show all ${count(rows, 'row')}</button>`}<button
          type="button"
          data-do="csv"
        >
          Download CSV
        </button>
      </p>
      ${rows > STATIC_ROWS && markup`<p class="noscript">The rest of the rows needs scripts, or <code>health report --csv</code>.</p>`}
      ${
        gathered.info &&
        markup`<h5>SQL</h5>
          <pre tabindex="0" role="region" aria-label="SQL: ${label}"><code>${gathered.info.sql.trim()}</code></pre>`
      }
      <h5>How it was counted</h5>
      ${counted(gathered, measurements)}
    </div>
  </details>`;
}
