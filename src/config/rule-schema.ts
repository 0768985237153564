import * as z from 'zod';
import type { RuleKind } from '../model/alarm.js';
import { checkedText } from './schema.js';
import { nameProblem } from './name.js';

const LONGEST_DAYS = 36_500;

function within(low: number, high: number): z.ZodType<number> {
  return z.number().superRefine((value, context) => {
    if (value < low || value > high)
      context.addIssue({ code: 'custom', message: `must be a number from ${low} to ${high}` });
  });
}

function whole(low: number, high: number): z.ZodType<number> {
  return z.number().superRefine((value, context) => {
    if (!Number.isInteger(value) || value < low || value > high)
      context.addIssue({ code: 'custom', message: `must be a whole number from ${low} to ${high}` });
  });
}

const days = whole(1, LONGEST_DAYS);
const settle = whole(0, LONGEST_DAYS);
const percentile = within(50, 100);
const factor = within(1, 100);
const share = within(0, 1);
const years = whole(1, 100);
const count = whole(1, 10_000);
const percent = within(0, 100);

/** What each kind of rule is told. */
export const ruleParams = {
  silence: { percentile, factor, at_least_days: days, years, least_gaps: count, lasts_days: days },
  'fewer-committers': {
    months: whole(1, 120),
    years,
    least_windows: count,
    spreads: within(0, 100),
    least_drop: share,
    confirm_days: settle,
    settle_days: settle,
    lasts_days: days,
  },
  'absence-factor': {
    years,
    share,
    from: whole(2, 1000),
    margin: within(0, 0.5),
    least_commits: count,
    confirm_days: settle,
    settle_days: settle,
    lasts_days: days,
  },
  'top-committer-gone': {
    share,
    months: whole(1, 120),
    least_commits: count,
    at_least_days: days,
    percentile,
    remember_days: days,
    lasts_days: days,
  },
  'release-overdue': {
    percentile,
    factor,
    at_least_days: days,
    gaps: count,
    least_gaps: whole(2, 10_000),
    least_commits: count,
    lasts_days: days,
  },
  'licence-changed': { days },
  'history-rewritten': { days },
  'default-branch-renamed': { days },
  'repository-moved': { days },
  'repository-gone': { failures: count },
  'score-below': { model: checkedText(nameProblem).optional(), percent },
  'rival-ahead': { model: checkedText(nameProblem).optional(), margin: percent },
} as const satisfies Record<RuleKind, Record<string, z.ZodType>>;

/** A rule of a kind in full, or (`whole` false) what is to be other than its default. */
export function ruleSchema(kind: RuleKind, isWhole: boolean): z.ZodType {
  const params: Record<string, z.ZodType> = ruleParams[kind];
  const shape = isWhole
    ? params
    : Object.fromEntries(Object.entries(params).map(([key, schema]) => [key, schema.optional()]));
  return z.strictObject({
    kind: z.literal(kind).optional(),
    projects: z.array(checkedText(nameProblem)).min(1, 'must name at least one project').optional(),
    ...shape,
  });
}

export function isRuleKind(kind: unknown): kind is RuleKind {
  return typeof kind === 'string' && Object.hasOwn(ruleParams, kind);
}
