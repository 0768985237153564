import { isAbsolute, relative, sep } from 'node:path';
import { HealthError } from '../model/error.js';

/** One thing wrong with a configuration file. */
export interface Problem {
  line: number;
  column: number;
  /** `projects[0].name`; empty for the file as a whole. */
  path: string;
  message: string;
}

const SHOWN = 20;

/** A file as the user would name it: relative where it lies under the working folder. */
export function shortName(file: string, cwd: string): string {
  const inside = relative(cwd, file);
  return inside === '' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? file : inside;
}

/** All problems as one error: the first is its message, the others are the lines of its hint. */
export function problemError(name: string, problems: readonly Problem[]): HealthError {
  const lines = [...problems]
    .sort((a, b) => a.line - b.line || a.column - b.column)
    .map(({ line, column, path, message }) => `${name}:${line}:${column}: ${path === '' ? '' : `${path}: `}${message}`);
  const more = lines.length - SHOWN;
  const rest =
    more > 0 ? [...lines.slice(1, SHOWN), `and ${more} more problem${more === 1 ? '' : 's'}`] : lines.slice(1);
  return new HealthError(
    'bad-config',
    lines[0] ?? `${name}: not valid`,
    rest.length > 0 ? { hint: rest.join('\n') } : {},
  );
}

/** `['projects', 0, 'name']` as `projects[0].name`. */
export function pathText(path: readonly PropertyKey[]): string {
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`))
    .join('')
    .replace(/^\./, '');
}
