import type { History } from '../model/history.js';
import type { Mailmap } from '../model/identities.js';
import { HealthError } from '../model/error.js';
import type { ObjectDatabase } from './objects/object-database.js';
import { ObjectType } from './objects/object-type.js';
import { decodeText } from './text.js';
import { isFile } from './trees/tree-entry.js';
import type { TreeReader } from './trees/tree-reader.js';

const NAME = '.mailmap';
/** A hundred times the largest there is. */
const LARGEST = 8 << 20;

/**
 * The mailmap in a tree; null where it has none, or a link or a folder of that name, as git has it.
 * @throws HealthError missing-object or corrupt-object
 */
export function mailmapFile(objects: ObjectDatabase, trees: TreeReader, tree: number): Mailmap | null {
  const cursor = trees.cursor(tree);
  for (; !cursor.done; cursor.next()) {
    if (!cursor.parse()) throw trees.malformed(tree);
    if (trees.name(cursor, '') === NAME) break;
  }
  if (cursor.done || !isFile(cursor.entry())) return null;
  const oid = cursor.bytes.toString('hex', cursor.oid, cursor.oid + 20);
  const blob = objects.find(cursor.bytes, cursor.oid);
  if (blob < 0) throw new HealthError('missing-object', `${NAME} (blob ${oid}) is missing`);
  if (objects.size(blob) > LARGEST) throw objects.corrupt(blob, `${NAME} is larger than any real one`);
  const { bytes, start, end } = objects.read(blob, ObjectType.blob);
  return { oid, text: lines(bytes, start, end) };
}

/** A history's mailmap; undefined where it can't be read: what was known of it stays. */
export function readableMailmap(history: History): Mailmap | null | undefined {
  try {
    return history.mailmap();
  } catch (error) {
    if (error instanceof HealthError && /^(missing|corrupt)-object$/.test(error.code)) return undefined;
    throw error;
  }
}

/** Each line in an encoding of its own: lines were added by people over years. */
function lines(bytes: Buffer, start: number, end: number): string {
  const texts: string[] = [];
  // Of its own bytes alone: a last line without a newline must not be sought in all that memory holds behind it.
  const own = bytes.subarray(start, end);
  for (let at = 0; at <= own.length;) {
    const newline = own.indexOf(0x0a, at);
    const stop = newline < 0 ? own.length : newline;
    texts.push(decodeText(own, at, stop));
    at = stop + 1;
  }
  return texts.join('\n');
}
