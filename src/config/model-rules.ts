import type { Question } from '../model/selection-model.js';
import type { Rule } from './document.js';
import { INPUTS, modelSchema, SCALES, type CriterionText, type ModelText } from './model-schema.js';
import { nearest } from './near.js';
import { pathText, type Problem } from './problem.js';

export interface ModelContext {
  /** Queries of the catalogue. */
  queries: readonly { id: string; headline: string | null; params: readonly { name: string }[] }[];
  questions: readonly Question[];
}

type Path = readonly PropertyKey[];
type Say = (path: Path, message: string) => void;

/** Words of catalogue fields that are no numbers. */
const CATALOGUE_WORDS: Record<string, readonly string[]> = {
  licence: ['permissive', 'free', 'copyleft', 'proprietary'],
  repository: ['yes', 'no'],
};

function suggestion(word: string, known: readonly string[], list: boolean): string {
  const near = nearest(word, known);
  if (near !== null) return `; did you mean '${near}'?`;
  return list && known.length > 0 ? `; there are: ${known.join(', ')}` : '';
}

function checkOne(keys: readonly string[], text: CriterionText, path: Path, say: Say): boolean {
  const present = keys.filter((key) => Object.hasOwn(text, key));
  if (present.length === 1) return true;
  say(path, `must have ${present.length === 0 ? '' : 'only '}one of: ${keys.join(', ')}`);
  return false;
}

function checkMetric(text: NonNullable<CriterionText['metric']>, path: Path, context: ModelContext, say: Say): void {
  const query = context.queries.find(({ id }) => id === text.query);
  if (query === undefined) {
    const near = suggestion(
      text.query,
      context.queries.map(({ id }) => id),
      false,
    );
    return say([...path, 'query'], `there is no metric '${text.query}'${near}`);
  }
  if (text.column === undefined && query.headline === null) {
    say(path, `must name a column, for ${query.id} has no headline`);
  }
  const names = query.params.map(({ name }) => name);
  for (const name of Object.keys(text.params ?? {})) {
    if (!names.includes(name)) {
      say([...path, 'params', name], `${query.id} has no parameter '${name}'${suggestion(name, names, true)}`);
    }
  }
}

/** The words an input may give; null: numbers. Undefined: that can't be told, and has been said. */
function wordsOf(
  text: CriterionText,
  path: Path,
  context: ModelContext,
  say: Say,
): readonly string[] | null | undefined {
  if (text.metric !== undefined) {
    checkMetric(text.metric, [...path, 'metric'], context, say);
    return null;
  }
  if (text.catalogue !== undefined) return CATALOGUE_WORDS[text.catalogue] ?? null;
  const question = context.questions.find(({ id }) => id === text.answer);
  if (question !== undefined) return question.unit === null ? question.choices.map(({ word }) => word) : null;
  const ids = context.questions.map(({ id }) => id);
  say([...path, 'answer'], `there is no question '${text.answer}'${suggestion(text.answer ?? '', ids, true)}`);
  return undefined;
}

function checkWords(text: CriterionText, words: readonly string[] | null, path: Path, say: Say): void {
  if (words === null) {
    if (text.choices !== undefined) say([...path, 'choices'], 'the value is a number: give steps or a curve');
    return;
  }
  if (text.choices === undefined) return say(path, `the value is a word: give choices for ${words.join(', ')}`);
  const scored = Object.keys(text.choices);
  for (const word of scored) {
    if (!words.includes(word)) {
      say([...path, 'choices', word], `'${word}' is none of its values${suggestion(word, words, true)}`);
    }
  }
  const missing = words.filter((word) => !scored.includes(word));
  if (missing.length > 0) say([...path, 'choices'], `has no score for: ${missing.join(', ')}`);
}

function checkSteps({ steps = [] }: CriterionText, path: Path, say: Say): void {
  let last = -Infinity;
  for (const [i, { from }] of steps.entries()) {
    const at = [...path, 'steps', i];
    if (i === 0 && from !== undefined) say(at, "the first step has no 'from': it is for all that is less");
    else if (i > 0 && from === undefined) say(at, "must have 'from'");
    else if (from !== undefined && from <= last) say(at, `steps must ascend: ${from} comes after ${last}`);
    last = from ?? last;
  }
}

function checkCurve({ curve }: CriterionText, path: Path, say: Say): void {
  let last = -Infinity;
  for (const [i, [x = 0]] of (curve?.points ?? []).entries()) {
    const at = [...path, 'curve', 'points', i];
    if (x <= last) say(at, `points must ascend: ${x} comes after ${last}`);
    else if (curve?.log === true && x < 0) say(at, 'a curve over logarithms has no values below 0');
    last = x;
  }
}

function scoresOf({ steps, curve, choices }: CriterionText): [Path, number][] {
  return [
    ...(steps ?? []).map(({ score }, i): [Path, number] => [['steps', i, 'score'], score]),
    ...(curve?.points ?? []).map(([, score = 0], i): [Path, number] => [['curve', 'points', i], score]),
    ...Object.entries(choices ?? {}).map(([word, score]): [Path, number] => [['choices', word], score]),
  ];
}

function checkCriterion(text: CriterionText, path: Path, model: ModelText, context: ModelContext, say: Say): void {
  const groups = (model.groups ?? []).map(({ id }) => id);
  if (!groups.includes(text.group)) {
    say([...path, 'group'], `there is no group '${text.group}'${suggestion(text.group, groups, true)}`);
  }
  const [low = 0, high = 0] = model.range ?? [];
  for (const [at, score] of scoresOf(text)) {
    if (score < low || score > high) say([...path, ...at], `the score ${score} is not within ${low} to ${high}`);
  }
  checkSteps(text, path, say);
  checkCurve(text, path, say);
  const input = checkOne(INPUTS, text, path, say);
  const scale = checkOne(SCALES, text, path, say);
  if (!input) return;
  const words = wordsOf(text, path, context, say);
  if (scale && words !== undefined) checkWords(text, words, path, say);
}

function checkWeighted(model: ModelText, say: Say): void {
  const { range = [], groups = [], criteria = [], variants = [], least } = model;
  for (const key of ['range', 'vary', 'groups', 'criteria'] as const) {
    if (model[key] === undefined) say([], `a weighted model must have '${key}'`);
  }
  const [low = 0, high = 0] = range;
  if (model.range !== undefined && low >= high) say(['range'], 'must be the lowest score and a higher one');
  if (model.effort !== undefined) say(['effort'], 'is only for the method lazy-user');
  const seen = new Set<string>();
  for (const [list, items] of [['groups', groups] as const, ['criteria', criteria] as const]) {
    for (const [i, { id }] of items.entries()) {
      if (seen.has(id)) say([list, i, 'id'], `the id '${id}' is taken by another group or criterion`);
      seen.add(id);
    }
  }
  for (const [i, { id }] of groups.entries()) {
    if (!criteria.some(({ group }) => group === id)) say(['groups', i], `the group '${id}' has no criteria`);
  }
  const weighs = (id: string): boolean =>
    criteria.some((one) => one.group === id && one.weight !== 0 && one.importance !== 'ignored');
  if (criteria.length > 0 && !groups.some(({ id, weight }) => weight !== 0 && weighs(id))) {
    say(['criteria'], 'all weights are 0: nothing would be judged');
  }
  if (!variants.includes('strict')) {
    criteria.forEach((one, i) => {
      if (one.importance !== undefined)
        say(['criteria', i, 'importance'], "is only for models with a variant 'strict'");
    });
    if (least !== undefined) say(['least'], "is only for models with a variant 'strict'");
  } else if (least === undefined) say(['variants'], "a strict variant needs 'least'");
  for (const [key, score] of Object.entries(least ?? {})) {
    if (score < low || score > high) say(['least', key], `the score ${score} is not within ${low} to ${high}`);
  }
}

function checkLazy(model: ModelText, say: Say): void {
  for (const key of ['range', 'vary', 'variants', 'least', 'groups', 'criteria'] as const) {
    if (model[key] !== undefined) say([key], 'is only for weighted models');
  }
  if (model.effort === undefined) say([], "a lazy-user model must have 'effort'");
  else if (Object.values(model.effort).every((weight) => weight === 0)) {
    say(['effort'], 'all weights are 0: nothing would be an effort');
  }
}

/** What is wrong with a model beyond its schema; nothing where the schema has complaints already. */
export function modelRules(context: ModelContext): Rule {
  return (yaml) => {
    const parsed = modelSchema.safeParse(yaml.value);
    if (!parsed.success) return [];
    const problems: Problem[] = [];
    const say: Say = (path, message) => {
      const key = typeof path.at(-1) === 'string' ? String(path.at(-1)) : undefined;
      const at = key === undefined ? yaml.locate(path) : yaml.locate(path.slice(0, -1), key);
      problems.push({ ...at, path: pathText(path), message });
    };
    const model = parsed.data;
    if (model.method === 'lazy-user') checkLazy(model, say);
    else {
      checkWeighted(model, say);
      model.criteria?.forEach((one, i) => checkCriterion(one, ['criteria', i], model, context, say));
    }
    return problems;
  };
}
