import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import type { RemoteAddress } from './transport-address.js';
import { errnoOf, fileError } from './transport-error.js';
import { fetchPack, type FetchWork } from './transport-fetch.js';
import { makeRepositoryFolders, ownMark, removeLeftovers, replaceFile, syncFolder } from './transport-files.js';
import { HttpSession } from './transport-http.js';
import { isGitDirectory } from './transport-local.js';
import type { ObtainOptions } from './transport-options.js';
import { readRefState, writeRefState } from './transport-ref-files.js';
import { readRemote, type RefState, type RemoteState } from './transport-refs.js';

const IDLE_TIMEOUT = 60_000;
/** Milliseconds between two words about bytes received. */
const TELL_EVERY = 100;

/** The bare clone of a remote repository at CLONES/NAME.git, made or brought up to date; returns its path. */
export async function cloneOrFetch(name: string, address: RemoteAddress, options: ObtainOptions): Promise<string> {
  const { clones, signal, progress } = options;
  const clone = join(clones, `${name}.git`);
  let bytes = 0;
  let told = performance.now();
  const say: FetchWork['say'] = (event) => {
    told = performance.now();
    progress?.({ project: name, stage: 'fetch', bytes, ...event });
  };
  const session = new HttpSession({
    url: address.url,
    idleTimeout: options.idleTimeout ?? IDLE_TIMEOUT,
    signal,
    received: (count) => {
      bytes += count;
      if (performance.now() - told > TELL_EVERY) say({});
    },
  });
  const remote = await readRemote(session, address, options.environment ?? process.env);
  const work: FetchWork = { session, address, remote, signal, say };
  say({});
  try {
    removeLeftovers(clones, `${name}.git.incoming-`);
    if (existsSync(clone)) await update(clone, work);
    else await create(clone, work);
  } catch (error) {
    throw fileError(error, clone);
  }
  return clone;
}

async function create(clone: string, work: FetchWork): Promise<void> {
  refuseEmpty(work);
  const incoming = `${clone}.incoming-${ownMark()}`;
  try {
    makeRepositoryFolders(incoming);
    replaceFile(join(incoming, 'config'), configText(work.address.url));
    await fetchPack(incoming, { refs: new Map(), head: null }, work);
    publish(incoming, work.remote);
    try {
      renameSync(incoming, clone);
      syncFolder(clone);
    } catch (error) {
      // Another process was faster; what it made is as good.
      const code = errnoOf(error);
      if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    }
  } finally {
    rmSync(incoming, { recursive: true, force: true });
  }
}

async function update(clone: string, work: FetchWork): Promise<void> {
  const { remote, address } = work;
  if (!isGitDirectory(clone, clone)) {
    throw new HealthError('no-repository', `${clone} is in the way: it is not a git repository`, {
      hint: `Remove it, and ${address.url} will be cloned anew.`,
    });
  }
  refuseEmpty(work);
  removeLeftovers(clone);
  removeLeftovers(join(clone, 'objects', 'pack'));
  const local = readRefState(clone);
  if (!sameState(local, remote)) {
    await fetchPack(clone, local, work);
    publish(clone, remote);
  }
  renewConfig(clone, configText(address.url));
}

function refuseEmpty({ remote, address }: FetchWork): void {
  if (remote.refs.size > 0) return;
  throw new HealthError('no-commits', `${address.url} has no branches and no tags yet`, {
    hint: 'There is nothing to read before the first push.',
  });
}

function publish(gitDir: string, remote: RemoteState): void {
  const shallow = join(gitDir, 'shallow');
  if (remote.shallow.length > 0) replaceFile(shallow, remote.shallow.map((oid) => `${oid}\n`).join(''));
  else rmSync(shallow, { force: true });
  writeRefState(gitDir, remote);
  syncFolder(join(gitDir, 'HEAD'));
}

const CONFIG_MARK = '# Kept by stack-health; rewritten when the URL changes.\n';

function configText(url: string): string {
  const quoted = `"${url.replace(/["\\]/g, '\\$&')}"`;
  return `${CONFIG_MARK}[core]
\trepositoryformatversion = 0
\tbare = true
[remote "origin"]
\turl = ${quoted}
\tfetch = +refs/heads/*:refs/heads/*
\tfetch = +refs/tags/*:refs/tags/*
`;
}

/** Only a configuration that this tool wrote: another's may say something about the objects (a partial clone). */
function renewConfig(clone: string, text: string): void {
  const file = join(clone, 'config');
  const now = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (now !== text && now.startsWith(CONFIG_MARK)) replaceFile(file, text);
}

function sameState(local: RefState, remote: RefState): boolean {
  if (local.refs.size !== remote.refs.size || (remote.head !== null && local.head !== remote.head)) return false;
  return [...remote.refs].every(([name, { oid }]) => local.refs.get(name)?.oid === oid);
}
