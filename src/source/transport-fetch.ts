import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import type { RemoteAddress } from './transport-address.js';
import { brokenOff, interrupted } from './transport-error.js';
import { ownMark, replaceFile, syncFolder } from './transport-files.js';
import type { HttpSession } from './transport-http.js';
import { HaveWalk } from './transport-haves.js';
import { indexHolds } from './transport-index-file.js';
import { PackFile } from './transport-pack-file.js';
import { PackIndexing, type IndexedPack } from './transport-pack-index.js';
import { BadPack } from './transport-pack-table.js';
import { countedIn } from './transport-progress-lines.js';
import { readShallow } from './transport-ref-files.js';
import type { RefState, RemoteState } from './transport-refs.js';
import { receivePack } from './transport-upload-pack.js';

/** What one fetch needs to know. */
export interface FetchWork {
  session: HttpSession;
  address: RemoteAddress;
  remote: RemoteState;
  signal: AbortSignal | undefined;
  say: (event: { done?: number; total?: number; text?: string }) => void;
}

const EMPTY_PACK_SIZE = 32;

/**
 * Brings everything that `work.remote` names into `gitDir`'s object store; refs stay as they are. Whatever happens
 * on the way, the store holds whole packs only.
 */
export async function fetchPack(gitDir: string, local: RefState, work: FetchWork): Promise<void> {
  const { remote } = work;
  const here = new Set([...local.refs.values()].map((ref) => ref.oid));
  const wants = new Set([...remote.refs.values()].map((ref) => ref.oid));
  if (remote.head !== null && !remote.head.startsWith('refs/')) wants.add(remote.head);
  for (const oid of here) wants.delete(oid);
  if (wants.size === 0) return;
  const folder = join(gitDir, 'objects', 'pack');
  const temporary = join(folder, `tmp_pack_${ownMark()}`);
  try {
    // With parents missing on one side only, a tip doesn't stand for the same history on both.
    const sameDepth = sameSet(remote.shallow, readShallow(gitDir));
    const haves = sameDepth && here.size > 0 ? new HaveWalk(gitDir, local, remote, remote.shallow) : null;
    const indexed = await receive(temporary, [...wants], haves, work).finally(() => haves?.close());
    const missing = [...wants].filter((oid) => !indexHolds(indexed.index, oid));
    if (!holdsAll(folder, missing)) {
      throw new HealthError('corrupt-object', `${work.address.url}: the server did not send all that it lists`, {
        hint: 'Nothing was changed; run it again.',
      });
    }
    if (indexed.objects > 0) install(folder, temporary, indexed);
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Has the pack written to `file`, and read at the same time. */
async function receive(
  file: string,
  wants: string[],
  haves: HaveWalk | null,
  { session, address, remote, signal, say }: FetchWork,
): Promise<IndexedPack> {
  const indexing = new PackIndexing(file, { signal, progress: (done, total) => say({ done, total }) });
  const pack = await PackFile.create(file);
  try {
    const request = { wants, haves, capabilities: remote.capabilities, authorization: remote.authorization };
    await receivePack(session, address.url, request, {
      text: (text) => say({ text, ...countedIn(text) }),
      pack: async (bytes) => {
        await pack.add(bytes);
        await indexing.add(bytes);
      },
    });
    if (pack.size < EMPTY_PACK_SIZE) throw brokenOff(address.url);
    await pack.flush();
    const synced = pack.sync();
    // Waited for below, or the work before it has failed already.
    synced.catch(() => undefined);
    const indexed = await indexing.finish();
    await synced;
    say({ done: indexed.objects, total: indexed.objects });
    signal?.throwIfAborted();
    return indexed;
  } catch (error) {
    if (signal?.aborted) throw interrupted(address.url);
    if (!(error instanceof BadPack)) throw error;
    throw new HealthError('corrupt-object', `${address.url}: the pack that came is damaged: ${error.message}`, {
      hint: 'Nothing was changed; run it again.',
      cause: error,
    });
  } finally {
    indexing.close();
    await pack.close();
  }
}

/** The pack first: without its index beside it nobody reads it. */
function install(folder: string, temporary: string, { checksum, index }: IndexedPack): void {
  const name = join(folder, `pack-${checksum}`);
  renameSync(temporary, `${name}.pack`);
  replaceFile(`${name}.idx`, index);
  syncFolder(`${name}.idx`);
}

function sameSet(some: readonly string[], others: readonly string[]): boolean {
  const all = new Set(some);
  return all.size === new Set(others).size && others.every((one) => all.has(one));
}

function holdsAll(folder: string, oids: readonly string[]): boolean {
  if (oids.length === 0) return true;
  const indexes = readdirSync(folder).filter((name) => name.endsWith('.idx'));
  const left = new Set(oids);
  for (const name of indexes) {
    const index = readFileSync(join(folder, name));
    for (const oid of left) if (indexHolds(index, oid)) left.delete(oid);
  }
  return left.size === 0;
}
