import * as z from 'zod';
import { isDay } from '../model/date.js';
import type { Importance } from '../model/selection-model.js';
import { catalogueShape, idSchema } from './candidate-schema.js';
import { remarkSchema } from './fact.js';
import { checkedText, labelSchema } from './schema.js';
import { instead } from './unknown-word.js';

const IMPORTANCE: readonly Importance[] = ['critical', 'relevant', 'ignored'];
const MOST_WEIGHT = 1_000_000;

const amount = z.number().min(0, 'must be 0 or more').max(1e12, 'is more than can be meant');
const daySchema = checkedText((text) => (isDay(text) ? null : 'must be a day of the calendar: YYYY-MM-DD'));

const expirySchema = checkedText((text) =>
  text === 'never' || isDay(text) ? null : "must be a day of the calendar, YYYY-MM-DD, or 'never'",
);

const answerSchema = z
  .unknown()
  .meta({ type: ['string', 'number'] as never })
  .transform((value, context): string | number => {
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    const quotes = typeof value === 'boolean' ? `; put it in quotes: '${value ? 'yes' : 'no'}'` : '';
    context.addIssue({
      code: 'custom',
      message: value === undefined ? 'is missing' : `must be a word or a number${quotes}`,
    });
    return z.NEVER;
  });

const weightSchema = z
  .unknown()
  .meta({ anyOf: [{ type: 'number', minimum: 0 }, { enum: IMPORTANCE }] })
  .transform((value, context): number | Importance => {
    if (typeof value === 'number' && value >= 0 && value <= MOST_WEIGHT) return value;
    const importance = IMPORTANCE.find((word) => word === value);
    if (importance !== undefined) return importance;
    const near = typeof value === 'string' ? `; ${instead(value, IMPORTANCE)}` : '';
    context.addIssue({
      code: 'custom',
      message: `must be a number from 0 to ${MOST_WEIGHT}, or an importance: ${IMPORTANCE.join(', ')}${near}`,
    });
    return z.NEVER;
  });

/** selection.yaml: what somebody who chooses brings along, and candidates of their own. */
export const selectionSchema = z.strictObject({
  ...catalogueShape,
  need: z
    .record(
      z.string(),
      z.strictObject({
        capabilities: z.array(z.string()).optional(),
        urgency: amount.optional(),
        depth: z.enum(['whole', 'part']).optional(),
      }),
    )
    .optional(),
  state: z
    .strictObject({
      platforms: z.array(idSchema).optional(),
      hours: amount.optional(),
      money: amount.optional(),
      energy: z.number().min(1, 'must be from 1 to 5').max(5, 'must be from 1 to 5').optional(),
      free: z.boolean().optional(),
      support: z.boolean().optional(),
      location: labelSchema.optional(),
    })
    .optional(),
  answers: z
    .array(
      z.strictObject({
        candidate: z.string(),
        question: z.string(),
        answer: answerSchema,
        source: remarkSchema,
        date: daySchema,
        expires: expirySchema.optional(),
      }),
    )
    .optional(),
  weights: z.record(z.string(), z.record(z.string(), weightSchema)).optional(),
});

export type SelectionText = z.infer<typeof selectionSchema>;
