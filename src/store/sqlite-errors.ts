import { HealthError } from '../model/error.js';
import Driver from './driver.js';

/** What SQLite or the file system said about the store's file, as an error a user can act on. */
export function storeError(error: unknown, file: string): unknown {
  if (error instanceof HealthError) return error;
  const code = codeOf(error);
  const known = KNOWN.find(([pattern]) => pattern.test(code));
  if (!known) return error;
  const [, healthCode, message, hint] = known;
  return new HealthError(healthCode, `${file}: ${message}`, { hint, cause: error });
}

type Row = [RegExp, HealthError['code'], message: string, hint: string];

const KNOWN: Row[] = [
  [
    /^(SQLITE_FULL|ENOSPC|EDQUOT)/,
    'disk-full',
    'no room left on the disk; the last complete state is kept',
    'Free some room, or name another place with --store.',
  ],
  [
    /^(SQLITE_BUSY|SQLITE_LOCKED|SQLITE_PROTOCOL)/,
    'store-busy',
    'another program is writing to the store',
    'Wait for the other collect to end, or name another file with --store.',
  ],
  [
    /^SQLITE_IOERR/,
    'failed',
    'the disk could not be read or written',
    'Look at the disk; the store keeps its last complete state.',
  ],
  [
    /^(SQLITE_CORRUPT|SQLITE_NOTADB|SQLITE_FORMAT)/,
    'store-damaged',
    'this is not an SQLite database, or it is damaged',
    'Move the file away and collect again, or name another with --store.',
  ],
  [
    /^(SQLITE_READONLY|SQLITE_CANTOPEN|SQLITE_PERM|SQLITE_AUTH|EACCES|EPERM|EROFS|ENOTDIR|EISDIR|EEXIST|ENOENT|ENAMETOOLONG|ELOOP)/,
    'not-writable',
    'the store cannot be opened and written there',
    'Check the rights on the file and its folder, or name another place with --store.',
  ],
];

export function codeOf(error: unknown): string {
  if (error instanceof Driver.SqliteError) return error.code;
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return '';
}
