import type { RefKind, RefRecord } from '../../model/record.js';
import type { Repository } from '../repository.js';
import { readRefFiles, resolveRef } from './ref-files.js';

/** All refs of a repository a history can be read from. */
export interface RefList {
  /** Sorted by name, byte by byte. */
  refs: RefRecord[];
  /** The default branch's ref, one of `refs`. */
  head: string | null;
  /** See RefFiles. */
  replaced: boolean;
  /** Commits in the order `git log --remotes=origin --all` takes up its tips. */
  tips(chosen: readonly RefRecord[]): string[];
}

const REMOTE_HEAD = /^refs\/remotes\/[^/]+\/HEAD$/;

function kindOf(name: string): RefKind {
  if (name.startsWith('refs/heads/')) return 'branch';
  return name.startsWith('refs/tags/') ? 'tag' : 'remote';
}

function compareNames(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

/**
 * The branches, remote branches and tags of a repository. A bare one's remote branches are left out (they are leftovers:
 * its own branches are the mirrored ones), as are all other refs (pull requests, stash, notes) and tags of trees and blobs.
 * `commitOf`: the commit a ref's id leads to; null where it leads to none.
 */
export function listRefs(repository: Repository, commitOf: (oid: string, name: string) => string | null): RefList {
  const files = readRefFiles(repository);
  const refs: RefRecord[] = [];
  for (const [name, content] of files.refs) {
    const kind = kindOf(name);
    if ((repository.bare && kind === 'remote') || REMOTE_HEAD.test(name)) continue;
    const { oid } = resolveRef(files, name, content);
    if (oid === null) continue;
    const commit = commitOf(oid, name);
    if (commit !== null) refs.push({ name, kind, oid, commit });
  }
  refs.sort((a, b) => compareNames(a.name, b.name));

  const known = new Set(refs.map((ref) => ref.name));
  const originHead = repository.bare ? undefined : files.refs.get('refs/remotes/origin/HEAD');
  const symbolic = [originHead, files.head].filter((content) => content?.startsWith('ref:'));
  const targets = symbolic.map((content) => resolveRef(files, 'HEAD', content ?? '').name);
  const head = targets.find((name) => known.has(name)) ?? null;
  const originTarget = originHead === undefined ? null : resolveRef(files, 'refs/remotes/origin/HEAD', originHead).name;

  function tips(chosen: readonly RefRecord[]): string[] {
    const origin = chosen.filter((ref) => ref.name.startsWith('refs/remotes/origin/'));
    const target = origin.find((ref) => ref.name === originTarget);
    // origin/HEAD is no branch of its own, yet git takes it up where its name stands.
    if (target) origin.push({ ...target, name: 'refs/remotes/origin/HEAD' });
    origin.sort((a, b) => compareNames(a.name, b.name));
    return [...origin, ...chosen].map((ref) => ref.commit);
  }

  return { refs, head, replaced: files.replaced, tips };
}
