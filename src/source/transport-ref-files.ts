import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from './transport-files.js';
import { compare, isRefName, type RefState } from './transport-refs.js';

const PACKED_HEADER = '# pack-refs with: peeled fully-peeled sorted \n';

/** Branches, tags and HEAD as a bare repository holds them. */
export function readRefState(gitDir: string): RefState {
  const found: [string, { oid: string; peeled: string | null }][] = [];
  for (const line of readText(join(gitDir, 'packed-refs')).split('\n')) {
    const ref = /^([0-9a-f]{40}) (refs\/(?:heads|tags)\/.+)$/.exec(line);
    const peeled = /^\^([0-9a-f]{40})$/.exec(line)?.[1];
    if (ref) found.push([ref[2] ?? '', { oid: ref[1] ?? '', peeled: null }]);
    const last = found.at(-1);
    if (peeled !== undefined && last) last[1].peeled = peeled;
  }
  // This tool writes none, but someone may have run git here; a loose ref hides a packed one.
  for (const name of looseRefs(gitDir)) {
    const oid = /^[0-9a-f]{40}/.exec(readText(join(gitDir, name)))?.[0];
    if (oid !== undefined) found.push([name, { oid, peeled: null }]);
  }
  const refs = new Map(found.toSorted(([a], [b]) => compare(a, b)));
  const head = readText(join(gitDir, 'HEAD')).trim();
  return { refs, head: /^ref: (.+)$/.exec(head)?.[1] ?? (head === '' ? null : head) };
}

/**
 * Makes `state` the repository's refs. One rename replaces them all; a reader sees the old or the new, and HEAD
 * names an existing branch all along. What the refs name must be on the disk already.
 */
export function writeRefState(gitDir: string, state: RefState): void {
  const before = readRefState(gitDir);
  const head = state.head ?? 'refs/heads/main';
  const leaving = before.head === null ? undefined : before.refs.get(before.head);
  if (before.head !== null && before.head !== head && leaving && !state.refs.has(before.head)) {
    // The old default branch is gone on the server: it stays until HEAD has moved.
    writePackedRefs(gitDir, new Map([...state.refs, [before.head, leaving]]));
  } else {
    writePackedRefs(gitDir, state.refs);
  }
  const text = head.startsWith('refs/') ? `ref: ${head}\n` : `${head}\n`;
  if (readText(join(gitDir, 'HEAD')) !== text) replaceFile(join(gitDir, 'HEAD'), text);
  if (leaving && before.head !== null && !state.refs.has(before.head)) writePackedRefs(gitDir, state.refs);
}

/** The commits at which a shallow repository's history is cut off; none in a whole one. */
export function readShallow(gitDir: string): string[] {
  return readText(join(gitDir, 'shallow'))
    .split('\n')
    .filter((line) => /^[0-9a-f]{40}$/.test(line));
}

function writePackedRefs(gitDir: string, refs: RefState['refs']): void {
  const lines = [...refs]
    .toSorted(([a], [b]) => compare(a, b))
    .map(([name, { oid, peeled }]) => `${oid} ${name}\n${peeled === null ? '' : `^${peeled}\n`}`);
  replaceFile(join(gitDir, 'packed-refs'), PACKED_HEADER + lines.join(''));
  for (const name of looseRefs(gitDir)) rmSync(join(gitDir, name), { force: true });
}

function looseRefs(gitDir: string): string[] {
  return ['refs/heads', 'refs/tags'].flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(join(gitDir, folder), { recursive: true, encoding: 'utf8' });
    } catch {
      return [];
    }
    return names
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .filter((name) => isRefName(name) && statSync(join(gitDir, name), { throwIfNoEntry: false })?.isFile() === true);
  });
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
