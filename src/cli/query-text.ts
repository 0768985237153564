import { readFileSync, statSync } from 'node:fs';
import { HealthError } from '../model/error.js';

const LARGEST = 1024 * 1024;

/** A query of the catalogue, or a text of the user's own with the name messages call it by. */
export type QueryText = { id: string } | { path: string; text: string };

function decoded(path: string, bytes: Buffer): QueryText {
  if (bytes.length > LARGEST) throw new HealthError('bad-query', `${path}: is larger than 1 MB`);
  try {
    return { path, text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    throw new HealthError('bad-query', `${path}: is not UTF-8 text`);
  }
}

async function readInput(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > LARGEST) break;
  }
  return Buffer.concat(chunks);
}

function readQueryFile(path: string): Buffer {
  try {
    if (!statSync(path).isFile()) throw new HealthError('bad-query', `${path}: is not a file`);
    return readFileSync(path);
  } catch (error) {
    if (error instanceof HealthError) throw error;
    const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    throw new HealthError('bad-query', `${path}: ${missing ? 'no such file' : "can't be read"}`, {
      ...(missing && { hint: 'health query --list shows the queries that can be named without a file' }),
      cause: error,
    });
  }
}

/** What `health query ID|FILE.sql|-` names. HealthError bad-query when the file can't be read. */
export async function queryText(argument: string): Promise<QueryText> {
  if (argument === '-') return decoded('stdin.sql', await readInput());
  if (!argument.endsWith('.sql')) return { id: argument };
  return decoded(argument, readQueryFile(argument));
}
