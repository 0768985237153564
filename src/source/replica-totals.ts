import { parse } from 'yaml';
import * as z from 'zod';
import { HealthError } from '../model/error.js';

const months = z.array(z.int().min(0).max(10_000)).length(12);

const year = z
  .strictObject({
    year: z.int().min(1970).max(2037),
    /** Distinct (name, address) pairs among the year's committers. */
    committers: z.int().min(1).max(1000),
    /** Distinct names among them. */
    names: z.int().min(1).max(1000),
    /** Commits of each month on the default branch. */
    main: months,
    /** Commits of each month elsewhere. */
    other: months.optional(),
  })
  .refine((y) => y.names <= y.committers && y.committers <= 2 * y.names, {
    error: 'a person has one or two addresses a year, so committers must be between names and twice names',
  })
  .refine((y) => y.committers <= sum(y.main) + sum(y.other ?? []), {
    error: 'there are more committers than commits',
  });

const project = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
  branch: z.string().regex(/^[A-Za-z0-9_-]+$/),
  years: z
    .array(year)
    .min(1)
    .refine((years) => years.every((y, i) => i === 0 || y.year > (years[i - 1]?.year ?? 0)), {
      error: 'years must ascend',
    }),
});

const totals = z.strictObject({ format: z.literal(1), projects: z.array(project).min(1) });

export type ReplicaYear = z.infer<typeof year>;
export type ReplicaProject = z.infer<typeof project>;
/** How many commits and committers each replica has, by project, year and month. */
export type ReplicaTotals = z.infer<typeof totals>;

/** Reads the text of data/studies/replica.yaml. HealthError bad-config names `file` and the first thing wrong. */
export function parseReplicaTotals(text: string, file: string): ReplicaTotals {
  let data: unknown;
  try {
    data = parse(text);
  } catch (cause) {
    const said = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new HealthError('bad-config', `${file}: ${said}`, { cause });
  }
  const result = totals.safeParse(data);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  throw new HealthError('bad-config', `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not valid'}`);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((a, b) => a + b, 0);
}
