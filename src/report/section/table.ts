import type { Measurement, Value } from '../../model/measurement.js';
import { cell, isCalendar, number, words } from '../figure-text.js';
import { isolated, markup, trusted, type Html, type Part } from '../html.js';

function isNumeric(rows: readonly (readonly Value[])[], column: number): boolean {
  return rows.some((row) => typeof row[column] === 'number') && rows.every((row) => typeof row[column] !== 'string');
}

/** A box of its own that scrolls sideways where a table is wider than the page. */
export function scrolling(label: string, table: Html): Html {
  return markup`<div class="scroll" role="group" aria-label="${label}" tabindex="0">${table}</div>`;
}

/** Plain table of ready cells; the first cell of each row is its heading. */
export function table(
  caption: Part,
  heads: readonly Part[],
  rows: readonly (readonly Part[])[],
  numeric: readonly number[],
): Html {
  const tag = (i: number) => (numeric.includes(i) ? trusted(' class="n"') : '');
  return markup`<table>
    <caption>
      ${caption}
    </caption>
    <thead>
      <tr>
        ${heads.map((head, i) => markup`<th scope="col"${tag(i)}>${head}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        (row) =>
          markup`<tr>
            ${row.map((part, i) =>
              i === 0 ? markup`<th scope="row"${tag(i)}>${part}</th>` : markup`<td${tag(i)}>${part}</td>`,
            )}
          </tr> `,
      )}
    </tbody>
  </table>`;
}

/** The first `most` rows of measurements of one query, with the project in front where there are several. */
export function rowsTable(
  caption: string,
  measurements: readonly Measurement[],
  withProject: boolean,
  most: number,
): Html {
  const columns = measurements[0]?.columns ?? [];
  const all = measurements.flatMap((one) => one.rows.map((row) => ({ project: one.scope.project, row })));
  const rows = all.map(({ row }) => row);
  const shown = all.slice(0, most);
  const numeric = columns.map((_, i) => isNumeric(rows, i));
  const tag = (i: number) => (numeric[i] ? trusted(' class=n') : '');
  // End tags that HTML can do without are left out: there are many rows.
  const part = `: the first ${number(shown.length)} of ${number(all.length)} rows`;
  const head = columns.map((column, i) => markup`<th scope="col"${tag(i)}>${words(column)}`);
  const lines = shown.map(({ project, row }) => {
    const cells = columns.map((column, i) => {
      const text = cell(row[i] ?? null, column);
      const value = isolated(text);
      return i === 0 && !withProject ? markup`<th scope=row${tag(i)}>${value}` : markup`<td${tag(i)}>${value}`;
    });
    return markup`<tr>${withProject && markup`<th scope=row><bdi>${project}</bdi>`}${cells}`;
  });
  return markup`<table><caption>${caption}${all.length > shown.length && markup`<span class="part">${part}</span>`}</caption>
<thead><tr>${withProject && markup`<th scope="col">project`}${head}</thead>
<tbody>${lines}</tbody></table>`;
}

/** Cells that are one row: names beside figures. */
export function factList(measurement: Measurement): Html {
  const row = measurement.rows[0] ?? [];
  return markup`<dl class="facts">
    ${measurement.columns.map(
      (column, i) =>
        markup`<div><dt>${words(column)}</dt><dd${isCalendar(column) ? '' : trusted(' class="n"')}>${isolated(cell(row[i] ?? null, column))}</dd></div>`,
    )}
  </dl>`;
}
