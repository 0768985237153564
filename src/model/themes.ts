import type { QueryInfo } from './measurement.js';

/** Themes in the order a reader meets them; any other follows, called by its folder's name. */
const TITLES: Record<string, string> = {
  overview: 'Overview',
  activity: 'Activity',
  people: 'People',
  code: 'Code',
  releases: 'Releases',
  scores: 'Published scores',
  watch: 'What the rules of health evaluate watch',
  thesis: 'The queries of the thesis, as printed',
};

export interface Theme {
  /** The folder under queries/. */
  id: string;
  title: string;
  metrics: QueryInfo[];
}

function titleOf(id: string): string {
  return Object.hasOwn(TITLES, id) ? TITLES[id]! : id.charAt(0).toUpperCase() + id.slice(1).replaceAll('-', ' ');
}

/** The catalogue's queries by theme, each theme's in the order of their ids. */
export function byTheme(queries: readonly QueryInfo[]): Theme[] {
  const order = Object.keys(TITLES);
  const place = (id: string): number => (order.includes(id) ? order.indexOf(id) : order.length);
  const themes = new Map<string, QueryInfo[]>();
  for (const info of queries) {
    const theme = info.id.split('/')[0] ?? '';
    themes.set(theme, [...(themes.get(theme) ?? []), info]);
  }
  return [...themes]
    .sort(([a], [b]) => place(a) - place(b) || (a < b ? -1 : 1))
    .map(([id, metrics]) => ({ id, title: titleOf(id), metrics }));
}
