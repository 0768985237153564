/** Words that mean something to a shell, and to those who read it, even in the middle of a command. */
const RESERVED = new Set([
  'if',
  'then',
  'else',
  'elif',
  'fi',
  'do',
  'done',
  'case',
  'esac',
  'while',
  'until',
  'for',
  'in',
]);

/** A word as a POSIX shell reads it: as it is where nothing in it means anything, else in single quotes. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) && !RESERVED.has(text)
    ? text
    : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `name=value`, quoted as a whole. */
export function shellSetting(name: string, value: string): string {
  return shellWord(`${name}=${value}`);
}
