/** Something in an object file that can't be; the object database adds which object, and makes a HealthError of it. */
export class Damage extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = 'Damage';
  }
}

/** A file of the object database that was there a moment ago: git repacked meanwhile. */
export class Gone extends Error {
  constructor(path: string) {
    super(`${path} has gone`);
    this.name = 'Gone';
  }
}

export function isMissing(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR' || code === 'ESTALE';
}
