import * as z from 'zod';
import { isDay } from '../model/date.js';

const text = z.string();
const day = text.refine(isDay, 'must be a day: YYYY-MM-DD');
const value = z.union([z.string(), z.number(), z.null()]);

const alarm = z.looseObject({
  id: z.number().int().nonnegative(),
  rule: text,
  kind: text,
  project: text,
  subject: text,
  text,
  evidence: z.looseObject({
    query: text.nullable(),
    sha256: text.nullable(),
    window: text,
    figures: z.array(z.looseObject({ name: text, value, unit: text })),
  }),
  state: z.enum(['open', 'acknowledged', 'closed']),
  firstSeen: day,
  lastSeen: day,
  acknowledgedAt: text.nullable(),
  note: text.nullable(),
  closed: day.nullable(),
});

/** Kept runs and alarms as a result's JSON has them; see model/run-history. `ledgerEvent`: what happens to a history. */
export function historySchema<Event extends z.ZodRawShape>(ledgerEvent: z.ZodObject<Event, z.core.$loose>) {
  return z.looseObject({
    runs: z.array(
      z.looseObject({
        day,
        asOfGiven: z.boolean(),
        endedAt: text,
        seal: text,
        figures: z.array(z.looseObject({ query: text, project: text, value: z.number().nullable() })),
        scores: z.array(
          z.looseObject({
            layer: text,
            model: text,
            candidate: text,
            project: text.nullable(),
            percent: z.number(),
            chosen: z.boolean(),
          }),
        ),
        events: z.array(z.looseObject({ ...ledgerEvent.shape, project: text })),
      }),
    ),
    alarms: z.array(alarm).nullable(),
  });
}
