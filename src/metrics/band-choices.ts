import type { RefChoice } from '../model/history.js';
import type { Scope } from '../model/measurement.js';
import { bandAxes, type BandAxis } from '../model/sensitivity.js';

/** A rule other than the plain one. */
export interface BandChoice {
  axis: BandAxis;
  choice: string;
  /** What of the scope it changes. */
  rule: Partial<Scope>;
}

/** All that was collected but what is on its way in. */
const OWN_BRANCHES: RefChoice = ['refs/heads/*', 'refs/remotes/*'];

/** The other choices on each axis. `pulls`: the store holds the project's pull requests too. */
export function bandChoices(plain: Scope, axes: readonly BandAxis[], pulls: boolean): BandChoice[] {
  const all: Record<BandAxis, [choice: string, rule: Partial<Scope>][]> = {
    role: [
      ['author', { role: 'author' }],
      ['committer', { role: 'committer' }],
    ],
    merges: [
      ['merges in', { merges: 'in' }],
      ['merges out', { merges: 'out' }],
    ],
    refs: [
      [pulls ? 'branches and pull requests' : 'every branch', { refs: 'branches' }],
      ...(pulls ? ([['every branch', { refs: OWN_BRANCHES }]] as [string, Partial<Scope>][]) : []),
      ['default branch', { refs: 'default' }],
    ],
    time: [
      ['local time', { time: 'local' }],
      ['UTC', { time: 'utc' }],
    ],
    mailmap: [
      ['no mailmap', { mailmap: false }],
      ['mailmap', { mailmap: true }],
    ],
    identity: [
      ['name and address', { identity: 'name-email', mailmap: false }],
      ['name', { identity: 'name', mailmap: false }],
      ['merged people', { identity: 'merged', mailmap: true }],
    ],
    bots: [
      ['with bots', { bots: 'in' }],
      ['without bots', { bots: 'out' }],
    ],
  };
  return bandAxes
    .filter((axis) => axes.includes(axis))
    .flatMap((axis) => all[axis].map(([choice, rule]) => ({ axis, choice, rule })))
    .filter(({ axis, rule }) => (axis === 'identity' ? rule.identity !== plain.identity : !isPlain(plain, rule)));
}

function isPlain(plain: Scope, rule: Partial<Scope>): boolean {
  return Object.entries(rule).every(
    ([key, value]) => JSON.stringify(plain[key as keyof Scope]) === JSON.stringify(value),
  );
}

/**
 * Combinations of choices, at most one an axis, those of two or more axes; as many as `limit` allows when axes are taken
 * up one after another, in the order given. `of`: how many there would be.
 */
export function combinations(choices: readonly BandChoice[], limit: number): { list: BandChoice[][]; of: number } {
  const axes = [...new Set(choices.map(({ axis }) => axis))];
  let lists: BandChoice[][] = [[]];
  let of = 1;
  let isFull = false;
  for (const axis of axes) {
    const own = choices.filter((choice) => choice.axis === axis);
    of *= own.length + 1;
    const next = [...lists, ...lists.flatMap((list) => own.map((choice) => [...list, choice]))];
    const count = next.filter((list) => list.length > 1).length;
    isFull ||= count > limit;
    if (!isFull) lists = next;
  }
  return { list: lists.filter((list) => list.length > 1), of: of - 1 - choices.length };
}
