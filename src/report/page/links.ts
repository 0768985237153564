/** Opens whatever folds an element away. */
function unfold(element: Element): void {
  for (let fold = element.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null)
    fold.open = true;
}

function arrive(): void {
  const id = decodeURIComponent(location.hash.slice(1));
  const target = id === '' ? null : document.getElementById(id);
  if (!target) return;
  if (target instanceof HTMLDetailsElement) target.open = true;
  unfold(target);
  target.scrollIntoView();
  for (const before of document.querySelectorAll('.arrived')) before.classList.remove('arrived');
  target.closest('.chart, .query, tr')?.classList.add('arrived');
}

/** Addresses within the page lead to figures that are folded away. */
export function deepLinks(): void {
  addEventListener('hashchange', arrive);
  // The same address once more changes nothing, but may have been folded since.
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null;
    if (link && link.hash === location.hash) setTimeout(arrive);
  });
  arrive();
}
