import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { constants } from 'node:buffer';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import type { RemoteAddress } from './transport-address.js';
import { brokenOff, interrupted } from './transport-error.js';
import { ownMark, replaceFile, syncFolder } from './transport-files.js';
import type { HttpSession } from './transport-http.js';
import { HaveWalk } from './transport-haves.js';
import { indexHolds } from './transport-index-file.js';
import { indexPack, type IndexedPack } from './transport-pack-index.js';
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
    try {
      await receive(temporary, [...wants], haves, work);
    } finally {
      haves?.close();
    }
    const indexed = await readPack(temporary, work);
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

async function receive(file: string, wants: string[], haves: HaveWalk | null, work: FetchWork): Promise<void> {
  const { session, address, remote } = work;
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'wx', 0o444);
    const request = { wants, haves, capabilities: remote.capabilities, authorization: remote.authorization };
    const size = await receivePack(session, address.url, request, handle, (text) => {
      work.say({ text, ...countedIn(text) });
    });
    if (size < EMPTY_PACK_SIZE) throw brokenOff(address.url);
    await handle.sync();
  } finally {
    await handle?.close();
  }
}

async function readPack(file: string, { address, signal, say }: FetchWork): Promise<IndexedPack> {
  try {
    const pack = await readWhole(file, address.url);
    const indexed = await indexPack(pack, { signal, progress: (done, total) => say({ done, total }) });
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
  }
}

async function readWhole(file: string, shown: string): Promise<Buffer> {
  const handle = await open(file, 'r');
  try {
    const { size } = await handle.stat();
    if (size > constants.MAX_LENGTH) {
      throw new HealthError('unsupported-repository', `${shown}: its pack is larger than this version can index`, {
        hint: 'Clone it with git yourself and give the path of that clone.',
      });
    }
    // Threads can share it.
    const pack = Buffer.from(new SharedArrayBuffer(size));
    for (let at = 0; at < size;) {
      const { bytesRead } = await handle.read(pack, at, Math.min(size - at, 1 << 24), at);
      if (bytesRead === 0) break;
      at += bytesRead;
    }
    return pack;
  } finally {
    await handle.close();
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
