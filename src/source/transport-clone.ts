import { existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../model/error.js';
import type { GitAddress, RemoteAddress } from './transport-address.js';
import { consolidatePacks } from './transport-consolidation.js';
import { errnoOf, fileError } from './transport-error.js';
import { makeRepositoryFolders, ownMark, removeLeftovers, replaceFile, syncFolder } from './transport-files.js';
import { gitRemote } from './transport-git.js';
import { isGitDirectory } from './transport-local.js';
import type { ObtainOptions } from './transport-options.js';
import { readRefState, writeRefState } from './transport-ref-files.js';
import type { RefState } from './transport-refs.js';
import { httpRemote, type Remote, type RemoteRefs, type Say } from './transport-remote.js';

/** The bare clone of a remote repository at CLONES/NAME.git, made or brought up to date; returns its path. */
export async function cloneOrFetch(
  name: string,
  address: RemoteAddress | GitAddress,
  options: ObtainOptions,
): Promise<string> {
  const { clones, progress } = options;
  const clone = join(clones, `${name}.git`);
  const say: Say = (event) => progress?.({ project: name, stage: 'fetch', ...event });
  const remote = await (address.kind === 'git' ? gitRemote(address, options, say) : httpRemote(address, options, say));
  try {
    removeLeftovers(clones, `${name}.git.incoming-`);
    if (existsSync(clone)) await update(clone, remote);
    else await create(clone, remote);
    await consolidatePacks(clone, options.signal);
  } catch (error) {
    throw fileError(error, clone);
  }
  return clone;
}

async function create(clone: string, remote: Remote): Promise<void> {
  refuseEmpty(remote);
  const incoming = `${clone}.incoming-${ownMark()}`;
  try {
    makeRepositoryFolders(incoming);
    replaceFile(join(incoming, 'config'), configText(remote.url));
    publish(incoming, await remote.bring(incoming, { refs: new Map(), head: null }));
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

async function update(clone: string, remote: Remote): Promise<void> {
  if (!isGitDirectory(clone, clone)) {
    throw new HealthError('no-repository', `${clone} is in the way: it is not a git repository`, {
      hint: `Remove it, and ${remote.url} will be cloned anew.`,
    });
  }
  refuseEmpty(remote);
  removeLeftovers(clone);
  removeLeftovers(join(clone, 'objects', 'pack'));
  const local = readRefState(clone);
  if (!sameState(local, remote.refs)) publish(clone, await remote.bring(clone, local));
  renewConfig(clone, configText(remote.url));
}

function refuseEmpty({ refs, url }: Remote): void {
  if (refs.refs.size > 0) return;
  throw new HealthError('no-commits', `${url} has no branches and no tags yet`, {
    hint: 'There is nothing to read before the first push.',
  });
}

function publish(gitDir: string, remote: RemoteRefs): void {
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
