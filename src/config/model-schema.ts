import * as z from 'zod';
import { nameProblem } from './name.js';
import { checkedText, labelSchema } from './schema.js';

const id = checkedText(nameProblem);
const prose = z.string().min(1, 'must not be empty').max(2000, 'must have at most 2000 characters');
const weight = z.number().min(0, 'must be 0 or more');
const pair = z.array(z.number()).length(2, 'must be two numbers');
const parameter = z.union([z.string(), z.number(), z.null()], { error: 'must be text, a number or null' });

const metric = z.strictObject({
  query: z.string().meta({ description: 'Id of a metric: health metrics lists them' }),
  column: z.string().optional().meta({ description: "Its column; without it, the metric's headline" }),
  row: z
    .enum(['only', 'last', 'mean', 'sum', 'max'])
    .optional()
    .meta({ description: 'Of several rows; only: there is one' }),
  params: z.record(z.string(), parameter).optional(),
});

const CATALOGUE_FIELDS = ['licence', 'support', 'platforms', 'capabilities', 'known', 'repository'] as const;

const criterion = z.strictObject({
  id,
  title: labelSchema,
  group: z.string().meta({ description: 'Id of a group' }),
  weight: weight.optional().meta({ description: 'Within the group; without it 1, or what the importance weighs' }),
  importance: z
    .enum(['critical', 'relevant', 'ignored'])
    .optional()
    .meta({ description: 'For a strict variant; weighs 3, 1 or 0' }),
  metric: metric.optional().meta({ description: 'The value is measured (one of metric, catalogue and answer)' }),
  catalogue: z.enum(CATALOGUE_FIELDS).optional().meta({ description: 'The value is a fact of the catalogue' }),
  answer: z.string().optional().meta({ description: 'The value is the answer to this question' }),
  steps: z
    .array(z.strictObject({ from: z.number().optional(), score: z.number() }))
    .min(1, 'must have at least one step')
    .optional()
    .meta({
      description: 'The score of the last step reached; the first has no from (one of steps, curve and choices)',
    }),
  curve: z
    .strictObject({ points: z.array(pair).min(2, 'must have at least two points'), log: z.boolean().optional() })
    .optional()
    .meta({ description: 'Straight lines between [value, score]; log: over ln(1 + value)' }),
  choices: z.record(z.string(), z.number()).optional().meta({ description: 'A score for each word' }),
  source: prose.meta({ description: "Where it comes from, and what of its scale is the model's own" }),
});

/** A selection model's file. What no schema can say is in model-rules. */
export const modelSchema = z.strictObject({
  model: id,
  title: labelSchema,
  question: labelSchema,
  source: prose,
  traps: z.array(prose).min(1, 'must say what one must know before trusting it'),
  method: z.enum(['weighted', 'lazy-user']),
  range: pair.optional().meta({ description: 'Lowest and highest score' }),
  vary: z.enum(['groups', 'criteria']).optional().meta({ description: 'Whose weights are questioned' }),
  variants: z
    .array(z.enum(['loose', 'strict']))
    .min(1, 'must name at least one variant')
    .optional(),
  least: z
    .strictObject({ critical: z.number(), relevant: z.number() })
    .optional()
    .meta({ description: 'Least scores of the strict variant' }),
  groups: z.array(z.strictObject({ id, title: labelSchema, weight: weight.optional() })).optional(),
  criteria: z.array(criterion).optional(),
  effort: z
    .strictObject({ time: weight, energy: weight, money: weight })
    .optional()
    .meta({ description: 'lazy-user: weights of an hour, a point of energy and a unit of money' }),
});

export type ModelText = z.infer<typeof modelSchema>;
export type CriterionText = NonNullable<ModelText['criteria']>[number];

export const INPUTS = ['metric', 'catalogue', 'answer'] as const;
export const SCALES = ['steps', 'curve', 'choices'] as const;

function exactlyOne(keys: readonly string[]): { oneOf: { required: string[] }[] } {
  return { oneOf: keys.map((key) => ({ required: [key] })) };
}

/** JSON Schema (2020-12) of a model's file. */
export function modelJsonSchema(): object {
  return z.toJSONSchema(modelSchema, {
    override({ zodSchema, jsonSchema }) {
      if (zodSchema === criterion) jsonSchema.allOf = [exactlyOne(INPUTS), exactlyOne(SCALES)];
    },
  });
}
