import { HealthError } from '../../model/error.js';
import type { ObjectDatabase } from '../objects/object-database.js';
import { OID_BYTES, readHexOid } from '../objects/object-id.js';
import { ObjectType } from '../objects/object-type.js';

const OBJECT = 'object ';

/** The commit a ref's object is, or that its tags lead to; -1 for a tree or a blob. `ref` is for the error. */
export function peelToCommit(objects: ObjectDatabase, oid: string, ref: string): number {
  const missing = (rev: string): HealthError =>
    new HealthError('missing-object', `${ref} points to ${rev}, which is missing`, {
      hint: objects.missingHint(`delete the ref (git update-ref -d ${ref}), or fetch the repository again`),
    });
  let object = objects.findRev(oid);
  if (object < 0) throw missing(oid);
  // Ids are hashes, so a ring of tags can't be; a damaged repository may still hold one.
  for (let depth = 0; depth < 1000; depth++) {
    if (objects.findPlainCommit(object)) return object;
    const { type, bytes, start, end } = objects.read(object);
    if (type === ObjectType.commit) return object;
    if (type !== ObjectType.tag) return -1;
    const target = new Uint8Array(OID_BYTES);
    const at = start + OBJECT.length;
    const starts = end - at > 2 * OID_BYTES && bytes.toString('latin1', start, at) === OBJECT;
    if (!starts || !readHexOid(bytes, at, target)) throw objects.corrupt(object, 'it does not begin like a tag');
    object = objects.find(target, 0);
    if (object < 0) throw missing(Buffer.from(target).toString('hex'));
  }
  throw objects.corrupt(object, 'its tags are nested too deeply');
}
