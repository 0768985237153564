import type { Payload } from '../payload.js';
import { csvText } from '../../model/csv-text.js';
import { cell } from '../figure-text.js';
import { joinedRows, sourcesOf } from './rows.js';

/** Hands a text to the reader as a file; where the browser won't have it, as text to copy. */
function offer(text: string, name: string, near: Element): void {
  try {
    const link = document.createElement('a');
    // The mark at the start tells spreadsheets that this is UTF-8.
    link.href = URL.createObjectURL(new Blob(['\ufeff', text], { type: 'text/csv;charset=utf-8' }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  } catch {
    const area = document.createElement('textarea');
    area.className = 'plaincsv';
    area.readOnly = true;
    area.setAttribute('aria-label', name);
    area.value = text;
    near.after(area);
    area.select();
  }
}

function fillTable(payload: Payload, details: HTMLElement): void {
  const body = details.querySelector('tbody');
  if (!body) return;
  const { columns, rows } = joinedRows(payload, sourcesOf(details), details.dataset['project'] !== undefined);
  const numeric = columns.map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  body.replaceChildren(
    ...rows.map((row) => {
      const line = document.createElement('tr');
      row.forEach((value, i) => {
        const box = document.createElement(i === 0 ? 'th' : 'td');
        if (i === 0) box.setAttribute('scope', 'row');
        if (numeric[i]) box.className = 'n';
        box.textContent = cell(value, columns[i] ?? '');
        box.dir = numeric[i] ? '' : 'auto';
        line.append(box);
      });
      return line;
    }),
  );
  details.querySelector('.part')?.remove();
}

/** Makes the buttons behind each chart work. */
export function evidenceButtons(payload: Payload): void {
  for (const details of document.querySelectorAll<HTMLElement>('details.evidence')) {
    const actions = details.querySelector<HTMLElement>('.actions');
    if (!actions || !details.querySelector('table')) continue;
    actions.hidden = false;
    actions.addEventListener('click', (event) => {
      const button = event.target instanceof HTMLElement ? event.target.closest('button') : null;
      if (button?.dataset['do'] === 'rows') {
        fillTable(payload, details);
        details.querySelector<HTMLElement>('.scroll')?.focus();
        button.remove();
      } else if (button?.dataset['do'] === 'csv') {
        const withProject = details.dataset['project'] !== undefined;
        const { columns, rows } = joinedRows(payload, sourcesOf(details), withProject);
        offer(csvText(columns, rows), details.dataset['file'] ?? 'rows.csv', actions);
      }
    });
  }
}
