import type { CauseKind, Contribution, FigureChange } from '../model/changes.js';
import { difference, groups } from './run-changes.js';

type Side = 'before' | 'after';

/** A headline figure counted again; undefined: the store can't. */
export type Recount = (of: { history: Side; definition: Side; day: Side }) => number | null | undefined;

/**
 * What each cause did to a figure: from the first run to the second one thing after the other is changed (the
 * definition, then the day, then the history), and what is left over is the rest's: people, bots, the tool. The order
 * matters where causes work on each other; it is always this one.
 */
export function contributions({ causes, before, after }: FigureChange, recount: Recount): Contribution[] {
  const of = (kinds: readonly CauseKind[]) =>
    groups(causes).find((group) => kinds.some((kind) => group.includes(kind))) ?? [];
  const definition = of(['definition']);
  const history = of(['new-commits', 'rewritten-history', 'refs', 'default-branch', 'history-flags']);
  const day = of(['as-of']);
  const rest = causes.filter((kind) => ![...definition, ...history, ...day].includes(kind));
  const steps: { causes: CauseKind[]; value: number | null | undefined }[] = [
    { causes: rest, value: recount({ history: 'before', definition: 'before', day: 'before' }) },
    { causes: definition, value: recount({ history: 'before', definition: 'after', day: 'before' }) },
    { causes: day, value: recount({ history: 'before', definition: 'after', day: 'after' }) },
    { causes: history, value: recount({ history: 'after', definition: 'after', day: 'after' }) },
    { causes: rest, value: after },
  ];
  const found = new Map<string, Contribution>();
  let value = before;
  let passed: CauseKind[] = [];
  for (const step of steps) {
    passed = [...passed, ...step.causes];
    if (step.value === undefined) continue;
    if (step.value !== value) add(found, passed, value, step.value);
    value = step.value;
    passed = [];
  }
  return [...found.values()].filter(({ amount }) => amount !== 0);
}

function add(
  found: Map<string, Contribution>,
  passed: readonly CauseKind[],
  before: number | null,
  after: number | null,
): void {
  // Nothing that is known to have changed explains it: the store's rows are others.
  const causes = passed.length === 0 ? (['store'] as const) : [...new Set(passed)];
  const key = causes.join();
  const amount = before === null || after === null ? null : difference(after, before);
  const known = found.get(key);
  const sum =
    known === undefined
      ? amount
      : known.amount === null || amount === null
        ? null
        : difference(known.amount + amount, 0);
  found.set(key, { causes: [...causes], amount: sum });
}
