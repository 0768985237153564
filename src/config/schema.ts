import * as z from 'zod';
import type { RefChoice } from '../model/history.js';
import { urlProblem } from './location.js';
import { nameProblem } from './name.js';
import { refChoice, refProblem } from './ref.js';

type Check = (text: string) => string | null;

/** Text that a check has nothing against. */
export function checkedText(check: Check): z.ZodType<string> {
  return z.string().superRefine((value, context) => {
    const problem = check(value);
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });
}

const LABEL_LONGEST = 300;

/** A line of text that is only shown. */
export const labelSchema = checkedText((value) => {
  if (value.trim() === '') return 'must not be empty';
  if (value.length > LABEL_LONGEST) return `must have at most ${LABEL_LONGEST} characters`;
  return value.trim().includes('\n') ? 'must be a single line' : null;
});

const REFS = "must be 'branches', 'default' or a list of patterns such as [main, 'release/*']";

/** `refs`: not a zod union, whose errors say nothing a reader can use. */
export const refsSchema = z.unknown().transform((value, context): RefChoice => {
  const fail = (message: string, path: number[] = []): void => context.addIssue({ code: 'custom', message, path });
  if (value === 'branches' || value === 'default') return value;
  if (!Array.isArray(value)) {
    fail(typeof value === 'string' && refProblem(value) === null ? `${REFS}; for one branch: ['${value}']` : REFS);
    return z.NEVER;
  }
  if (value.length === 0) fail('must name at least one pattern, or be left out');
  value.forEach((item: unknown, i) => {
    const problem = typeof item === 'string' ? refProblem(item) : 'must be text; put it in quotes';
    if (problem !== null) fail(problem, [i]);
  });
  return refChoice(value.map(String));
});

/** A project of health.yaml. */
export const projectSchema = z.strictObject({
  name: checkedText(nameProblem),
  url: checkedText(urlProblem),
  refs: refsSchema.optional(),
  layer: labelSchema.optional(),
  tags: z.array(labelSchema).optional(),
  succeeded_by: checkedText(nameProblem).optional(),
});

export type ProjectText = z.infer<typeof projectSchema>;
