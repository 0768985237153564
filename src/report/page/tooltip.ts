const GAP = 14;

function place(tip: HTMLElement, x: number, y: number): void {
  const { width, height } = tip.getBoundingClientRect();
  const left = x + GAP + width > innerWidth ? x - GAP - width : x + GAP;
  const top = y + GAP + height > innerHeight ? y - GAP - height : y + GAP;
  tip.style.transform = `translate(${Math.max(4, Math.round(left))}px,${Math.max(4, Math.round(top))}px)`;
}

function fill(tip: HTMLElement, value: unknown): void {
  tip.replaceChildren();
  if (typeof value !== 'object' || value === null) {
    tip.textContent = String(value);
    return;
  }
  const list = document.createElement('dl');
  for (const [name, text] of Object.entries(value)) {
    const label = document.createElement('dt');
    label.textContent = name.replaceAll('_', ' ');
    const figure = document.createElement('dd');
    const isolated = document.createElement('bdi');
    isolated.textContent = text === null || text === undefined ? '\u2013' : String(text);
    figure.append(isolated);
    list.append(label, figure);
  }
  tip.append(list);
}

export function hideTooltip(): void {
  const tip = document.getElementById('tip');
  if (tip) tip.hidden = true;
}

/** vega's tooltip handler: one small box, text only. Escape and scrolling put it away. */
export function showTooltip(_handler: unknown, event: MouseEvent, _item: unknown, value: unknown): void {
  const tip = document.getElementById('tip');
  if (!tip) return;
  if (value === null || value === undefined || value === '') {
    tip.hidden = true;
    return;
  }
  fill(tip, value);
  tip.hidden = false;
  place(tip, event.clientX, event.clientY);
}

addEventListener('keydown', (event) => {
  if (event.key === 'Escape') hideTooltip();
});
addEventListener('scroll', hideTooltip, { passive: true });
