import type { Payload } from '../payload.js';
import { csvText } from '../../model/csv-text.js';
import { cell, number, words } from '../figure-text.js';
import { button } from './button.js';
import { isChosen } from './choice.js';
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

/** Rows that are shown at first; the reader may ask for all. */
const FIRST = 300;

function rowsOf(payload: Payload, details: HTMLElement): ReturnType<typeof joinedRows> {
  const several = details.dataset['project'] !== undefined;
  return joinedRows(
    payload,
    sourcesOf(details).filter((table) => !several || isChosen(payload, table)),
    several,
  );
}

/** The table of a page that has none of its rows. */
function newTable(details: HTMLElement, columns: readonly string[], numeric: readonly boolean[]): HTMLElement | null {
  const box = details.querySelector('.scroll');
  if (!box) return null;
  const table = document.createElement('table');
  const part = document.createElement('span');
  part.className = 'part';
  table.createCaption().append(details.dataset['label'] ?? '', part);
  const heads = table.createTHead().insertRow();
  for (const [i, column] of columns.entries()) {
    const head = document.createElement('th');
    head.scope = 'col';
    if (numeric[i]) head.className = 'n';
    head.textContent = words(column);
    heads.append(head);
  }
  box.append(table);
  return table.createTBody();
}

/** Fills the table with the first `most` rows; returns how many there are. */
function fillTable(payload: Payload, details: HTMLElement, most: number): number {
  const { columns, rows } = rowsOf(payload, details);
  const numeric = columns.map((_, i) => rows.some((row) => typeof row[i] === 'number'));
  const body = details.querySelector('tbody') ?? newTable(details, columns, numeric);
  if (!body) return 0;
  body.replaceChildren(
    ...rows.slice(0, most).map((row) => {
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
  const part = details.querySelector('.part');
  if (rows.length <= most) part?.remove();
  else if (part) part.textContent = `: the first ${number(most)} of ${number(rows.length)} rows`;
  return rows.length;
}

/** SQL, source and traps stand once, in the methods; here they are repeated where the reader asks for them. */
function fillMethod(details: HTMLElement): void {
  const link = details.querySelector<HTMLAnchorElement>('.way a');
  const query = link && document.getElementById(decodeURIComponent(link.hash.slice(1)))?.closest('.query');
  const body = query?.querySelector('.method');
  if (!link || !body) return;
  const copy = body.cloneNode(true) as HTMLElement;
  const sql = copy.querySelector('pre');
  sql?.setAttribute('aria-label', `SQL: ${details.dataset['label'] ?? ''}`);
  const fold = sql?.closest('details');
  if (sql && fold) fold.replaceWith(sql);
  link.parentElement?.replaceWith(copy);
}

/** Fills what stands behind a figure when it is opened, and makes its buttons work. */
export function evidenceButtons(payload: Payload): void {
  document.addEventListener(
    'toggle',
    (event) => {
      const details = event.target;
      if (!(details instanceof HTMLDetailsElement) || !details.matches('.evidence[open]')) return;
      const count = fillTable(payload, details, FIRST);
      fillMethod(details);
      const actions = details.querySelector<HTMLElement>('.actions');
      if (!actions || count === 0) return;
      actions.replaceChildren(
        ...(count > FIRST ? [button(`Show all ${number(count)} rows`, 'do', 'rows')] : []),
        button('Download CSV', 'do', 'csv'),
      );
      actions.hidden = false;
    },
    { capture: true },
  );
  document.addEventListener('click', (event) => {
    const pressed = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('button[data-do]') : null;
    const details = pressed?.closest<HTMLElement>('details.evidence');
    if (!pressed || !details) return;
    if (pressed.dataset['do'] === 'rows') {
      fillTable(payload, details, Infinity);
      details.querySelector<HTMLElement>('.scroll')?.focus();
      pressed.remove();
    } else {
      const { columns, rows } = rowsOf(payload, details);
      offer(csvText(columns, rows), details.dataset['file'] ?? 'rows.csv', pressed);
    }
  });
}
