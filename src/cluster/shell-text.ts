/** A word as a POSIX shell reads it: as it is where nothing in it means anything, else in single quotes. */
export function shellWord(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** `name=value`, quoted as a whole. */
export function shellSetting(name: string, value: string): string {
  return shellWord(`${name}=${value}`);
}
