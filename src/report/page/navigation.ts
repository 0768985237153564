/** Marks the section that is being read in the contents. */
export function markCurrentSection(): void {
  const links = new Map<Element, HTMLAnchorElement>();
  for (const link of document.querySelectorAll<HTMLAnchorElement>('nav a')) {
    const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (section) links.set(section, link);
  }
  const seen = new Set<Element>();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (entry.isIntersecting) seen.add(entry.target);
        else seen.delete(entry.target);
      }
      const current = [...links.keys()].find((section) => seen.has(section));
      if (current === undefined) return;
      for (const [section, link] of links) {
        if (section === current) link.setAttribute('aria-current', 'true');
        else link.removeAttribute('aria-current');
      }
      const link = links.get(current);
      const list = link?.closest('ul');
      if (link && list) list.scrollLeft = link.offsetLeft - list.offsetLeft - (list.clientWidth - link.offsetWidth) / 2;
    },
    { rootMargin: '-25% 0px -65% 0px' },
  );
  for (const section of links.keys()) observer.observe(section);
}
