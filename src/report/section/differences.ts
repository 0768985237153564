import type { Result } from '../../model/result.js';
import { count, number } from '../figure-text.js';
import { markup, type Html } from '../html.js';
import { scrolling, table } from './table.js';

export const DIFFERENCES_TITLE = 'Where strict CVSAnalY and this store differ';

/** What stands above the table; Markdown uses it too. */
export function differencesLead(result: Result): string {
  const strict = result.projects.filter(({ compat }) => compat === 'strict').map(({ name }) => name);
  const rules =
    strict.length === 0
      ? 'The figures of this report are free of them.'
      : `The figures of ${strict.join(', ')} have them all the same: the history was collected with --compat strict.`;
  const uncounted = result.projects.filter(({ differences }) => differences === null).map(({ name }) => name);
  const open =
    uncounted.length === 0 ? '' : ` Not counted yet: ${uncounted.join(', ')}; the next health collect does it.`;
  return `CVSAnalY has known faults; --compat strict reproduces all but the last. ${rules} Here is how far each of them reaches in these histories, counted in all that was collected.${open}`;
}

/** For each fault: its name, what is counted, and a text a project. */
export function differenceRows(result: Result): { title: string; counted: string; cells: string[]; text: string }[] {
  return result.faults.map(({ fault, title, rows, text }) => ({
    title,
    counted: rows,
    text,
    cells: result.projects.map(({ differences }) => {
      const found = differences?.find((one) => one.fault === fault);
      if (!found) return number(null);
      return found.rows === found.commits
        ? number(found.rows)
        : `${number(found.rows)} in ${count(found.commits, 'commit')}`;
    }),
  }));
}

/** How many rows CVSAnalY's known faults touch, folded; nothing for a result of no project. */
export function differencesPart(result: Result): Html | null {
  if (result.projects.length === 0 || result.faults.length === 0) return null;
  const rows = differenceRows(result).map(({ title, counted, cells, text }) => [
    markup`${title}<span class="remark">${text}</span>`,
    counted,
    ...cells.map((cell) => markup`<span class="nw">${cell}</span>`),
  ]);
  const heads = ['Fault', 'Counted', ...result.projects.map(({ name }) => markup`<bdi>${name}</bdi>`)];
  const numeric = result.projects.map((_, i) => i + 2);
  return markup`<h3 id="methods/differences">${DIFFERENCES_TITLE}</h3>
    <p>${differencesLead(result)}</p>
    <details class="trials">
      <summary>Rows touched by each of ${count(rows.length, 'fault')}</summary>
      <div class="inside">
        ${scrolling(DIFFERENCES_TITLE, table('Rows CVSAnalY has otherwise, or not at all', heads, rows, numeric))}
      </div>
    </details>`;
}
