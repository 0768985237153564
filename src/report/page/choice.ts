import type { Payload } from '../payload.js';

const listeners: (() => void)[] = [];
let chosen: ReadonlySet<number> | null = null;

/** True where the table belongs to a project that is put side by side now. */
export function isChosen(payload: Payload, table: number): boolean {
  const project = payload.tables[table]?.project ?? -1;
  return chosen === null ? project < payload.chosen : chosen.has(project);
}

export function onChoice(listener: () => void): void {
  listeners.push(listener);
}

/** Makes the checkboxes of the comparison work: unchecked projects leave its tables and charts. */
export function comparison(): void {
  const box = document.getElementById('choose');
  if (!box) return;
  const boxes = [...box.querySelectorAll<HTMLInputElement>('input[type=checkbox]')];
  const cells = document.querySelectorAll<HTMLElement>('#compare [data-p]');
  const apply = () => {
    const now = new Set(boxes.flatMap((one, i) => (one.checked ? [i] : [])));
    chosen = now;
    for (const cell of cells) cell.hidden = !now.has(Number(cell.dataset['p']));
    const said = box.querySelector('output');
    if (said) said.textContent = `${now.size} of ${boxes.length} projects`;
    for (const listener of listeners) listener();
  };
  box.addEventListener('change', apply);
  box.addEventListener('click', (event) => {
    const all = event.target instanceof HTMLElement ? event.target.dataset['all'] : undefined;
    if (all === undefined) return;
    for (const one of boxes) one.checked = all === '1';
    apply();
  });
  box.hidden = false;
  apply();
}
