import { isDeepStrictEqual } from 'node:util';
import type { Cause, CauseKind } from '../model/changes.js';
import type { LedgerEvent, ProjectLedger } from '../model/ledger.js';
import type { ProjectSeal } from '../model/manifest.js';
import type { Value } from '../model/measurement.js';

/** Names a sentence lists before it counts the rest. */
const MOST_NAMES = 5;

/** What happened to one project's history between two runs: new commits, rewritten ones, refs. */
export function historyCauses(before: ProjectSeal, after: ProjectSeal, ledger: ProjectLedger | undefined): Cause[] {
  const { project } = after;
  const causes: Cause[] = [];
  const add = (kind: CauseKind, text: string, was: Value = null, is: Value = null): number =>
    causes.push({ kind, project, query: null, text: `${project}: ${text}`, before: was, after: is });
  const isBackwards = before.collectedAt > after.collectedAt;
  const events = isBackwards
    ? []
    : (ledger?.events ?? []).filter(({ seenAt }) => seenAt > before.collectedAt).toReversed();
  const gone = isBackwards
    ? 0
    : (ledger?.vanishedGroups ?? [])
        .filter(({ lastSeen }) => lastSeen >= before.collectedAt)
        .reduce((sum, { commits }) => sum + commits, 0);
  const fresh = after.commits - before.commits + gone;
  if (fresh > 0) add('new-commits', `${counted(fresh, 'new commit')}`, before.commits, after.commits);
  if (fresh < 0) {
    const why = isBackwards
      ? 'the second run is of an earlier collect'
      : 'they went away, and the ledger does not say when';
    add(
      isBackwards ? 'new-commits' : 'rewritten-history',
      `${counted(-fresh, 'commit')} fewer: ${why}`,
      before.commits,
      after.commits,
    );
  }
  for (const event of events)
    if (event.kind === 'forced') add('rewritten-history', eventText(event), event.before, event.after);
  if (gone > 0)
    add(
      'rewritten-history',
      `${counted(gone, 'commit')} the first run counted ${gone === 1 ? 'is' : 'are'} gone from the repository`,
    );
  if (before.head !== after.head) {
    const known = events.findLast(({ kind }) => kind === 'default-renamed' || kind === 'default-switched');
    const text =
      known?.before === before.head && known?.after === after.head
        ? eventText(known)
        : `the default branch is another one: ${short(before.head)} → ${short(after.head)}`;
    add('default-branch', text, before.head, after.head);
  }
  if (!isDeepStrictEqual(before.choice, after.choice)) {
    const [was, is] = [choiceText(before.choice), choiceText(after.choice)];
    add('refs', `other refs are counted: ${was} → ${is}`, was, is);
  }
  const isForced = new Set(events.filter(({ kind }) => kind === 'forced').map(({ ref }) => ref));
  // A branch under another name neither came nor went.
  const renamed = new Set(
    events.flatMap(({ kind, before: from, after: to }) => (kind === 'default-renamed' ? [from, to] : [])),
  );
  const came: string[] = [];
  const moved: string[] = [];
  const tags: string[] = [];
  for (const [name, tip] of Object.entries(after.tips)) {
    const was = before.tips[name];
    if (was === undefined) came.push(name);
    else if (was !== tip && name.startsWith('refs/tags/')) tags.push(name);
    else if (was !== tip && !isForced.has(name)) moved.push(name);
  }
  const went = Object.keys(before.tips).filter((name) => after.tips[name] === undefined);
  const others = (names: readonly string[]) => names.filter((name) => !renamed.has(name));
  const isSame = fresh === 0 && gone === 0;
  const refs = (names: readonly string[], text: (names: readonly string[]) => string): void => {
    if (names.length > 0) add('refs', `${text(names)}: ${listed(names)}`);
  };
  refs(others(came), ({ length }) => counted(length, 'new ref'));
  refs(others(went), ({ length }) => `${counted(length, 'ref')} gone`);
  refs(tags, ({ length }) => `${counted(length, 'tag')} moved`);
  // Elsewhere among commits that were there already.
  if (isSame) refs(moved, ({ length }) => `${counted(length, 'branch', 'branches')} moved`);
  return causes;
}

/** An event of a ledger as part of a sentence; texts in it are not made safe yet. */
export function eventText({ kind, ref, before, after, since, seenAt }: LedgerEvent): string {
  const when = `between ${since} and ${seenAt} UTC`;
  switch (kind) {
    case 'forced':
      return `branch ${short(ref)} was force-pushed ${when}: ${rev(before)} → ${rev(after)}`;
    case 'deleted':
      return `${ref?.startsWith('refs/tags/') ? 'tag' : 'branch'} ${short(ref)} went away ${when}; it stood at ${rev(before)}`;
    case 'retagged':
      return `tag ${short(ref)} was moved ${when}: ${rev(before)} → ${rev(after)}`;
    case 'default-renamed':
      return `the default branch was renamed ${when}: ${short(before)} → ${short(after)}`;
    case 'default-switched':
      return `the default branch became another one ${when}: ${short(before)} → ${short(after)}`;
    case 'refs-chosen':
      return `other refs were chosen ${when}: ${before ?? 'none'} → ${after ?? 'none'}`;
    case 'moved':
      return `the repository is read from elsewhere since ${when.replace('between ', 'after ').replace(' and ', ', seen ')}: ${before ?? 'none'} → ${after ?? 'none'}`;
  }
}

function short(ref: string | null): string {
  return ref === null ? 'none' : ref.replace(/^refs\/(?:heads|tags|remotes)\//, '');
}

function rev(commit: string | null): string {
  return commit === null ? 'none' : commit.slice(0, 12);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(short).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

function choiceText(choice: ProjectSeal['choice']): string {
  return typeof choice === 'string' ? choice : choice.join(', ');
}
