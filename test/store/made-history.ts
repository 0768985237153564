import type { ExtractEvent, HistoryOutline } from '../../src/model/history.js';
import type { ActionRecord, CommitChange, RefRecord, Signature } from '../../src/model/record.js';
import type { Project } from '../../src/model/project.js';
import type { Extraction, LoadOptions } from '../../src/store/store.js';

export interface MadeCommit {
  /** A short name; the rev is made of it. */
  id: string;
  parents?: string[];
  actions?: ActionRecord[];
  message?: string;
  committer?: Partial<Signature>;
  author?: Partial<Signature>;
}

export interface MadeHistory {
  outline: HistoryOutline;
  changes: CommitChange[];
  extraction: Extraction;
  /** Sizes of the known sets the extraction was asked with. */
  asked: number[];
}

/** A rev for a short name. */
export function rev(id: string): string {
  return Buffer.from(id).toString('hex').padEnd(40, '0').slice(0, 40);
}

const person: Signature = { name: 'Ada Example', email: 'ada@example.org', time: 1_400_000_000, zone: 7200 };

/** A history made up without git, commits given newest first. `refs`: full ref names with the commit they stand at. */
export function madeHistory(
  commits: MadeCommit[],
  refs: Record<string, string>,
  head = 'refs/heads/main',
): MadeHistory {
  const changes = commits.map(({ id, parents = [], actions = [], message = 'A change\n', committer, author }, i) => {
    // By the place from the end: a commit keeps its date when newer ones come.
    const time = person.time + (commits.length - i) * 3600;
    return {
      commit: {
        rev: rev(id),
        parents: parents.map(rev),
        committer: { ...person, time, ...committer },
        author: { ...person, time, ...author },
        message,
      },
      actions,
    };
  });
  const position = new Map(changes.map(({ commit }, i) => [commit.rev, i]));
  const outline: HistoryOutline = {
    revs: changes.map(({ commit }) => commit.rev),
    parents: changes.map(({ commit }) => commit.parents.map((parent) => position.get(parent)!)),
    refs: Object.entries(refs).map(([name, id]) => ({ name, kind: kindOf(name), oid: rev(id), commit: rev(id) })),
    head: name(head, refs),
    flags: [],
  };
  const asked: number[] = [];
  const extraction: Extraction = (known) => {
    asked.push(known.size);
    return events(outline, changes, known);
  };
  return { outline, changes, extraction, asked };
}

export async function* events(
  outline: HistoryOutline,
  changes: readonly CommitChange[],
  known: ReadonlySet<string>,
): AsyncGenerator<ExtractEvent> {
  yield { kind: 'outline', outline };
  const wanted = changes.toReversed().filter(({ commit }) => !known.has(commit.rev));
  for (let i = 0; i < wanted.length; i += 100) yield { kind: 'batch', changes: wanted.slice(i, i + 100) };
}

function name(head: string, refs: Record<string, string>): string | null {
  return head in refs ? head : null;
}

function kindOf(ref: string): RefRecord['kind'] {
  if (ref.startsWith('refs/tags/')) return 'tag';
  return ref.startsWith('refs/remotes/') ? 'remote' : 'branch';
}

export function project(name = 'sample', over: Partial<Project> = {}): Project {
  return { name, url: `https://example.org/${name}.git`, refs: 'branches', layer: null, tags: [], ...over };
}

export function loadOptions(over: Partial<LoadOptions> = {}): LoadOptions {
  return { actions: true, compat: 'default', toolVersion: '0.0.0', now: '2020-01-02 03:04:05', ...over };
}
