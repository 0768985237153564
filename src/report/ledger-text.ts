import type { LedgerEvent, ProjectLedger, Succession } from '../model/ledger.js';
import { count, longDay } from './figure-text.js';

function short(ref: string | null): string {
  return ref === null ? 'none' : ref.replace(/^refs\/(heads|tags|remotes)\//, '');
}

function commit(rev: string | null): string {
  return rev === null ? 'nothing' : rev.slice(0, 12);
}

/** What happened to a ref, as plain text: `branch topic was force-pushed, from 0123… to 4567…`. */
export function eventText({ kind, ref, before, after }: LedgerEvent): string {
  const what = ref?.startsWith('refs/tags/') ? `tag ${short(ref)}` : `branch ${short(ref)}`;
  switch (kind) {
    case 'forced':
      return `${what} was force-pushed: it stood at ${commit(before)}, which it no longer holds, and then at ${commit(after)}`;
    case 'deleted':
      return `${what} was deleted; it stood at ${commit(before)}`;
    case 'retagged':
      return `${what} was moved from ${commit(before)} to ${commit(after)}`;
    case 'default-renamed':
      return `the default branch was renamed from ${short(before)} to ${short(after)}`;
    case 'default-switched':
      return `the default branch is ${short(after)}, not ${short(before)} any more`;
    case 'refs-chosen':
      return `the study asked for other refs: ${after ?? 'none'} instead of ${before ?? 'none'}`;
    case 'moved':
      return `the repository was collected from ${after ?? 'nowhere'} instead of ${before ?? 'nowhere'}`;
  }
}

/** Between which collects it was seen. */
export function eventTime({ since, seenAt }: LedgerEvent): string {
  return `between ${since} and ${seenAt}`;
}

/** `12 commits of branch topic, of 1 May 2014 to 3 June 2014, last seen …`, a line for each branch. */
export function vanishedTexts({ vanishedGroups }: ProjectLedger): string[] {
  return vanishedGroups.map(({ branch, commits, from, until, firstSeen, lastSeen }) => {
    const place = branch === null ? 'of no branch' : `of branch ${short(branch)}`;
    const days = from === until ? `of ${longDay(from)}` : `of ${longDay(from)} to ${longDay(until)}`;
    return `${count(commits, 'commit')} ${place}, ${days}: first collected on ${firstSeen}, last on ${lastSeen}`;
  });
}

/** True where there is anything to tell. */
export function isEventful({ events, vanished }: ProjectLedger): boolean {
  return events.length > 0 || vanished > 0;
}

/** Where one history goes over into another. */
export function seamText({ from, to, shared, begins, ends }: Succession): string {
  const own =
    begins === null ? `${to} has no commit of its own` : `${to} has commits of its own since ${longDay(begins)}`;
  const last =
    ends === null ? `${from} has none that ${to} lacks` : `the last that only ${from} has is of ${longDay(ends)}`;
  return `${from} is continued in ${to}: both hold ${count(shared, 'commit')}; ${own}; ${last}`;
}
