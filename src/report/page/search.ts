interface Entry {
  /** What is shown, and of which kind it is. */
  text: string;
  kind: string;
  href: string;
  /** What is searched: lower case, without accents. */
  words: string;
  /** Smaller is shown earlier among equals. */
  rank: number;
}

const MOST = 12;

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
}

function entry(text: string, kind: string, id: string, rank: number, more = ''): Entry {
  return { text, kind, href: `#${encodeURI(id)}`, words: plain(`${text} ${more}`), rank };
}

/** Everything the page names: projects, figures of each project and of all, people, headings. */
function gatherEntries(): Entry[] {
  const entries: Entry[] = [];
  const projects = [...document.querySelectorAll('section.project')].map((section) => ({
    id: section.id,
    name: section.querySelector('h2 bdi')?.textContent ?? '',
  }));
  for (const { id, name } of projects) entries.push(entry(name, 'project', id, 0));
  for (const query of document.querySelectorAll('#methods .query')) {
    const title = query.querySelector('h5');
    const slug = title?.id.replace(/^methods\//, '') ?? '';
    const text = title?.textContent ?? '';
    const more = `${query.querySelector('.question')?.textContent ?? ''} ${slug}`;
    if (document.getElementById(`compare/${slug}`))
      entries.push(entry(text, 'all projects', `compare/${slug}`, 1, more));
    for (const { id, name } of projects) {
      if (document.getElementById(`${id}/${slug}`))
        entries.push(entry(text, name, `${id}/${slug}`, 2, `${name} ${more}`));
    }
    if (title) entries.push(entry(text, 'how it is counted', title.id, 4, more));
  }
  for (const place of document.querySelectorAll<HTMLElement>('main [data-find]')) {
    const section = place.closest('section')?.id ?? '';
    entries.push(entry(place.textContent ?? '', place.dataset['find'] ?? '', place.id, 2, section));
  }
  for (const fold of document.querySelectorAll('#people details')) {
    const project = fold.querySelector('h3')?.textContent ?? '';
    for (const name of fold.querySelectorAll('tbody th bdi')) {
      entries.push(entry(name.textContent ?? '', `person, ${project}`, fold.id, 3));
    }
  }
  for (const heading of document.querySelectorAll('main h2[id], main h3[id]')) {
    const section = heading.closest('section');
    if (!section || section.matches('.project')) continue;
    const isSection = section.getAttribute('aria-labelledby') === heading.id;
    const kind = isSection ? 'section' : (section.querySelector('h2')?.textContent ?? '');
    entries.push(entry(heading.textContent ?? '', kind, isSection ? section.id : heading.id, 3));
  }
  return entries;
}

function find(entries: readonly Entry[], asked: string): Entry[] {
  const parts = plain(asked).split(/\s+/).filter(Boolean);
  if (parts.length === 0) return [];
  const found = entries.filter(({ words }) => parts.every((part) => words.includes(part)));
  const begins = ({ words }: Entry) => (words.startsWith(parts[0] ?? '') ? 0 : 1);
  return found.sort((a, b) => begins(a) - begins(b) || a.rank - b.rank);
}

function show(list: HTMLElement, entries: readonly Entry[]): void {
  list.replaceChildren(
    ...entries.slice(0, MOST).map(({ text, kind, href }) => {
      const line = document.createElement('li');
      const link = document.createElement('a');
      link.href = href;
      const name = document.createElement('bdi');
      name.textContent = text;
      const of = document.createElement('span');
      of.textContent = kind;
      link.append(name, ' ', of);
      line.append(link);
      return line;
    }),
  );
}

/** The search box: matches as links, reached with the arrow keys; Enter takes the first, Escape puts them away. */
export function searchBox(): void {
  const form = document.querySelector<HTMLElement>('search');
  const box = document.getElementById('find');
  const pane = document.getElementById('found');
  const list = pane?.querySelector('ul');
  const said = pane?.querySelector('p');
  if (!form || !(box instanceof HTMLInputElement) || !pane || !list || !said) return;
  let entries: Entry[] | null = null;
  const close = () => (pane.hidden = true);
  box.addEventListener('input', () => {
    entries ??= gatherEntries();
    const found = find(entries, box.value);
    show(list, found);
    pane.hidden = box.value.trim() === '';
    said.textContent =
      found.length === 0
        ? 'Nothing found.'
        : found.length > MOST
          ? `The first ${MOST} of ${found.length}.`
          : `${found.length} found.`;
  });
  form.addEventListener('keydown', (event) => {
    const links = [...list.querySelectorAll('a')];
    const place = links.indexOf(document.activeElement as HTMLAnchorElement);
    if (event.key === 'Escape') {
      close();
      box.focus();
    } else if (event.key === 'Enter' && document.activeElement === box && !pane.hidden) {
      links[0]?.click();
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (pane.hidden || links.length === 0) return;
      event.preventDefault();
      const next = place + (event.key === 'ArrowDown' ? 1 : -1);
      (next < 0 ? box : links[Math.min(next, links.length - 1)])?.focus();
    }
  });
  list.addEventListener('click', close);
  form.addEventListener('focusout', (event) => {
    if (!(event.relatedTarget instanceof Node) || !form.contains(event.relatedTarget)) setTimeout(close, 150);
  });
  box.addEventListener('focus', () => (pane.hidden = box.value.trim() === ''));
  form.hidden = false;
}
