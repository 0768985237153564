import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { Question } from '../model/selection-model.js';
import { loadDocument, type Rule } from './document.js';
import { nameProblem } from './name.js';
import { checkedText, labelSchema } from './schema.js';

const FILE = new URL('../../data/questions.yaml', import.meta.url);

const word = checkedText(nameProblem);

const questionsSchema = z.strictObject({
  questions: z.array(
    z.strictObject({
      id: word,
      text: labelSchema,
      source: labelSchema,
      choices: z.record(word, labelSchema).optional(),
      unit: labelSchema.optional(),
    }),
  ),
});

/** A question is answered with one of its words or with a number, and its id is its own. */
const answerable: Rule = (yaml) => {
  const { questions } = yaml.value as { questions?: unknown };
  if (!Array.isArray(questions)) return [];
  const seen = new Set<unknown>();
  return questions.flatMap((question: { id?: unknown; choices?: unknown; unit?: unknown } | null, i) => {
    const at = { ...yaml.locate(['questions', i]), path: `questions[${i}]` };
    const id = question?.id;
    const twice = seen.has(id) ? [{ ...at, message: `the id '${String(id)}' is taken` }] : [];
    seen.add(id);
    const either = (question?.choices === undefined) !== (question?.unit === undefined);
    return either ? twice : [...twice, { ...at, message: 'must have either choices or a unit' }];
  });
};

/** The questions that people answer about candidates (data/questions.yaml), in the file's order. HealthError bad-config. */
export function loadQuestions(): Question[] {
  const text = loadDocument(fileURLToPath(FILE), process.cwd(), questionsSchema, [answerable]);
  return text.questions.map(({ id, text, source, choices, unit }) => ({
    id,
    text,
    source,
    choices: Object.entries(choices ?? {}).map(([word, meaning]) => ({ word, meaning })),
    unit: unit ?? null,
  }));
}
