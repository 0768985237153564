import type { HistoryOutline } from '../../src/model/history.js';
import type { ActionRecord, CommitChange, RefRecord, Signature } from '../../src/model/record.js';
import type { TestRepository } from '../fixtures/repository.js';
import { events, type MadeHistory } from './made-history.js';

/** What git log says of a test repository, as an extraction. */
export function gitHistory(repository: Pick<TestRepository, 'git'>, options: { from?: string[] } = {}): MadeHistory {
  const from = options.from ?? ['--branches', '--tags'];
  const log = (...args: string[]) => repository.git('log', '--topo-order', '-z', ...args, ...from).split('\0');
  const fields = log('--date=raw', '--format=%H%x00%P%x00%cn%x00%ce%x00%cd%x00%an%x00%ae%x00%ad%x00%B');
  const changes: CommitChange[] = [];
  for (let i = 0; i + 8 < fields.length; i += 9) {
    const [rev, parents, cn, ce, cd, an, ae, ad, message] = fields.slice(i, i + 9) as [string, ...string[]];
    changes.push({
      commit: {
        rev,
        parents: parents!.split(' ').filter((parent) => parent !== ''),
        committer: signature(cn!, ce!, cd!),
        author: signature(an!, ae!, ad!),
        message: message!,
      },
      actions: [],
    });
  }
  const byRev = new Map(changes.map((change) => [change.commit.rev, change]));
  let current: ActionRecord[] = [];
  const words = log('--name-status', '-M', '-C', '-c', '--format=>%H').map((word) => word.replace(/^\n/, ''));
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i]!;
    if (/^>[0-9a-f]{40}$/.test(word)) current = byRev.get(word.slice(1))!.actions;
    else if (/^[RC]\d+$/.test(word)) {
      current.push({ status: word[0]!, from: words[(i += 1)]!, path: words[(i += 1)]! });
    } else if (word !== '') current.push({ status: word, path: words[(i += 1)]! });
  }
  const position = new Map(changes.map(({ commit }, i) => [commit.rev, i]));
  const outline: HistoryOutline = {
    revs: changes.map(({ commit }) => commit.rev),
    parents: changes.map(({ commit }) => commit.parents.map((parent) => position.get(parent)!)),
    refs: refs(repository).filter(({ commit }) => position.has(commit)),
    head: repository.git('symbolic-ref', 'HEAD'),
    flags: [],
  };
  const asked: number[] = [];
  return {
    outline,
    changes,
    asked,
    extraction(known) {
      asked.push(known.size);
      return events(outline, changes, known);
    },
  };
}

function refs(repository: Pick<TestRepository, 'git'>): RefRecord[] {
  const format = '--format=%(refname)%09%(objectname)%09%(*objectname)';
  const lines = repository.git('for-each-ref', format, 'refs/heads', 'refs/tags').split('\n');
  return lines
    .filter((line) => line !== '')
    .map((line) => {
      const [name, oid, peeled] = line.split('\t') as [string, string, string];
      return { name, kind: name.startsWith('refs/tags/') ? 'tag' : 'branch', oid, commit: peeled || oid };
    });
}

function signature(name: string, email: string, raw: string): Signature {
  const [time, zone] = raw.split(' ') as [string, string];
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(3, 5));
  return { name, email, time: Number(time), zone: minutes * 60 * (zone.startsWith('-') ? -1 : 1) };
}
