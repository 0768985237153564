import type { Result } from '../model/result.js';
import { LIGHT_CATEGORY } from './theme.js';

/** A text as part of a file name or an element's id: letters, digits, dot, dash, underscore; never empty or hidden. */
export function safeName(text: string): string {
  const name = text
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/^[.-]+|[.-]+$/g, '')
    .slice(0, 80);
  return name === '' ? 'unnamed' : name;
}

/** Hands out names, each once: a second `x` becomes `x-2`. Upper and lower case count as the same, as some disks do. */
export function namer(): (wanted: string) => string {
  const taken = new Set<string>();
  return (wanted) => {
    let name = wanted;
    for (let i = 2; taken.has(name.toLowerCase()); i += 1) name = `${wanted}-${i}`;
    taken.add(name.toLowerCase());
    return name;
  };
}

/** Ids that the page uses for itself; a project of that name gets another. */
const OWN_IDS = [
  'changes',
  'compare',
  'content',
  'data',
  'deployment',
  'find',
  'found',
  'history',
  'ledger',
  'methods',
  'overview',
  'people',
  'replication',
  'selection',
  'theme',
  'tip',
];

/** Addresses within the page: `#drbd`, `#drbd/absence-factor`, `#compare/absence-factor`, `#methods/absence-factor`. */
export interface Anchors {
  /** Ids of the projects' sections, in the result's order. */
  projects: string[];
  /** Of a project's section, by the project's name. */
  project(name: string): string;
  /** Short name of a query: the last part of its id where no other query has it too. */
  figure(query: string): string;
}

export function anchorsOf(result: Result): Anchors {
  const name = namer();
  for (const id of OWN_IDS) name(id);
  const projects = result.projects.map((project) => name(safeName(project.name)));
  const byName = new Map(result.projects.map((project, i) => [project.name, projects[i] ?? '']));
  const figure = namer();
  const figures = new Map<string, string>();
  const ids = [
    result.queries.map(({ id }) => id),
    result.charts.map(({ query }) => query),
    result.measurements.map(({ query }) => query),
  ];
  for (const id of new Set(ids.flat())) figures.set(id, figure(safeName(id.split('/').at(-1) ?? id)));
  return {
    projects,
    project: (project) => byName.get(project) ?? '',
    figure: (query) => figures.get(query) ?? safeName(query),
  };
}

/** Class that gives an element its project's colour. */
export function colourClass(index: number): string {
  return `p${index % LIGHT_CATEGORY.length}`;
}
