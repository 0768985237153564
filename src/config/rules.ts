import { builtinStudies } from './builtin.js';
import type { Problem } from './problem.js';
import { instead } from './unknown-word.js';
import type { YamlText } from './yaml.js';

/** A key of a mapping that may be anything. */
export function part(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Record<string, unknown>)[key]
    : undefined;
}

/** No two projects of one name, not even where only the case differs: both would be the same file on some systems. */
export function distinctNames(yaml: YamlText): Problem[] {
  const projects = part(yaml.value, 'projects');
  if (!Array.isArray(projects)) return [];
  const seen = new Map<string, { name: string; line: number }>();
  return projects.flatMap((project: unknown, i): Problem[] => {
    const name = part(project, 'name');
    if (typeof name !== 'string') return [];
    const place = yaml.locate(['projects', i, 'name']);
    const first = seen.get(name.toLowerCase());
    if (!first) {
      seen.set(name.toLowerCase(), { name, line: place.line });
      return [];
    }
    const message =
      first.name === name
        ? `'${name}' is already the name of the project on line ${first.line}`
        : `'${name}' differs from '${first.name}' on line ${first.line} by case only; both would be one file`;
    return [{ ...place, path: `projects[${i}].name`, message }];
  });
}

/** `replicates` names a study whose published figures this program has. */
export function knownReplication(yaml: YamlText): Problem[] {
  const id = part(yaml.value, 'replicates');
  if (typeof id !== 'string' || id.trim() === '') return [];
  const known = builtinStudies();
  if (known.includes(id)) return [];
  const message = `no published study is called '${id}'; ${instead(id, known)}`;
  return [{ ...yaml.locate(['replicates']), path: 'replicates', message }];
}

/** `succeeded_by` names another project of the study, and following it comes to an end. */
export function knownSuccessors(yaml: YamlText): Problem[] {
  const projects = part(yaml.value, 'projects');
  if (!Array.isArray(projects)) return [];
  const successors = new Map<unknown, unknown>(
    projects.map((project: unknown) => [part(project, 'name'), part(project, 'succeeded_by')]),
  );
  const names = [...successors.keys()].filter((name) => typeof name === 'string');
  return projects.flatMap((project: unknown, i): Problem[] => {
    const successor = part(project, 'succeeded_by');
    if (typeof successor !== 'string' || successor === '') return [];
    const problem = (message: string): Problem[] => [
      { ...yaml.locate(['projects', i, 'succeeded_by']), path: `projects[${i}].succeeded_by`, message },
    ];
    if (!successors.has(successor)) {
      return problem(`no project of this study is called '${successor}'; ${instead(successor, names)}`);
    }
    const own = part(project, 'name');
    const seen = new Set<unknown>();
    for (let next: unknown = successor; next !== undefined && !seen.has(next); next = successors.get(next)) {
      if (next === own) return problem(`'${successor}' leads back to '${own}' itself`);
      seen.add(next);
    }
    return [];
  });
}
