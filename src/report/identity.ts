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

/** Ids of the projects' sections, in the result's order. */
export function sectionIds(result: Result): string[] {
  const name = namer();
  return result.projects.map((project) => name(`project-${safeName(project.name)}`));
}

/** Class that gives an element its project's colour. */
export function colourClass(index: number): string {
  return `p${index % LIGHT_CATEGORY.length}`;
}
