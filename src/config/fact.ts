import * as z from 'zod';
import type { FactSource } from '../model/candidate.js';
import { isDay } from '../model/date.js';
import { checkedText, labelSchema } from './schema.js';
import { instead } from './unknown-word.js';

const LINK_LONGEST = 2000;
const TEXT_LONGEST = 1000;

/** A remark of a few sentences. */
export const remarkSchema = checkedText((text) => {
  if (text.trim() === '') return 'must not be empty';
  return text.length > TEXT_LONGEST ? `must have at most ${TEXT_LONGEST} characters` : null;
});

/** An address that is only shown, never fetched. */
export const linkSchema = checkedText((text) => {
  if (text.length > LINK_LONGEST) return `must have at most ${LINK_LONGEST} characters`;
  if (!/^https?:\/\/[^\s/]/.test(text) || !URL.canParse(text)) return 'must be an http(s) address';
  return null;
});

const sourceDate = checkedText((text) =>
  isDay(text) || /^\d{4}$/.test(text) ? null : "must be a day, YYYY-MM-DD, or a year in quotes, 'YYYY'",
);

/** A source as a file's `sources` table, or a fact, writes it. */
export const sourceSchema = z.strictObject({ title: labelSchema, url: linkSchema.optional(), date: sourceDate });

export type SourceRef = string | FactSource;

/** A fact as a file writes it: ids of sources are not looked up yet. */
export interface FactText<T> {
  value: T | null;
  note: string | null;
  from: SourceRef[];
}

type Path = PropertyKey[];
type Context = z.core.$RefinementCtx;

/** Holds a part of an unknown value against a schema; its mistakes are put at their place. */
export function checkPart<T>(schema: z.ZodType<T>, value: unknown, path: Path, context: Context): T | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    context.issues.push({ ...issue, path: [...path, ...issue.path], input: value, continue: false } as never);
  }
  return undefined;
}

function inputJson(schema: z.ZodType): object {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return json;
}

/** JSON Schema of `from`, made when it is asked for. */
export const sourcesJson = {
  get anyOf(): object[] {
    const source = { anyOf: [{ type: 'string' }, inputJson(sourceSchema)] };
    return [source, { type: 'array', items: source }];
  },
};

function wordsJson(keys: readonly string[]): object {
  return Object.fromEntries(keys.map((key) => [key, { type: 'string' }]));
}

function mappingJson(properties: object, required: string): object {
  return {
    type: 'object',
    properties: { ...properties, from: sourcesJson },
    required: [required],
    additionalProperties: false,
  };
}

/** `from`: the id of a source, a source written out, or a list of those. */
export function readSources(value: unknown, path: Path, context: Context): SourceRef[] {
  if (value === undefined) return [];
  const items: [unknown, Path][] = Array.isArray(value)
    ? value.map((item: unknown, i) => [item, [...path, i]])
    : [[value, path]];
  return items.flatMap(([item, at]): SourceRef[] => {
    if (typeof item === 'string') return [item];
    const source = checkPart(sourceSchema, item, at, context);
    return source === undefined ? [] : [{ title: source.title.trim(), url: source.url ?? null, date: source.date }];
  });
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export interface FactForm<T> {
  /** What the value must be. */
  value: z.ZodType<T>;
  /** The word that says nothing is known, and those that mean the same: `none` of a repository. */
  absent?: readonly string[];
  /** Further keys beside `is`, made part of the value. */
  also?: { keys: readonly string[]; join: (value: T, mapping: Record<string, unknown>, context: Context) => T };
}

/**
 * A fact: the value alone; or `{is: VALUE, from: SOURCE, note: REMARK}`; or `{unknown: what was looked at}`. Not a zod
 * union, whose errors say nothing a reader can use.
 */
export function factSchema<T>({ value: valueSchema, absent = ['unknown'], also }: FactForm<T>): z.ZodType<FactText<T>> {
  const known = ['is', ...absent, ...(also?.keys ?? []), 'from', 'note'];
  const json = {
    get anyOf(): object[] {
      const value = inputJson(valueSchema);
      return [
        value,
        mappingJson({ is: value, ...wordsJson([...(also?.keys ?? []), 'note']) }, 'is'),
        ...absent.map((word) => mappingJson(wordsJson([word]), word)),
      ];
    },
  };
  return z
    .unknown()
    .meta(json)
    .transform((text, context): FactText<T> => {
      if (!isMapping(text)) {
        const value = checkPart(valueSchema, text, [], context);
        return value === undefined ? z.NEVER : { value, note: null, from: [] };
      }
      const fail = (message: string, path: Path = []): void => context.addIssue({ code: 'custom', message, path });
      for (const key of Object.keys(text)) {
        if (!known.includes(key)) fail(`unknown key '${key}'; ${instead(key, known)}`, [key]);
      }
      const said = ['is', ...absent].filter((key) => Object.hasOwn(text, key));
      const [word] = said;
      if (word === undefined || said.length > 1) {
        fail(`must say one of: ${['is', ...absent].join(', ')}`);
        return z.NEVER;
      }
      const from = readSources(text['from'], ['from'], context);
      if (word !== 'is') {
        const note = checkPart(remarkSchema, text[word], [word], context);
        return { value: null, note: note?.trim() ?? null, from };
      }
      const note = text['note'] === undefined ? null : checkPart(remarkSchema, text['note'], ['note'], context);
      const value = checkPart(valueSchema, text['is'], ['is'], context);
      if (value === undefined) return z.NEVER;
      return { value: also ? also.join(value, text, context) : value, note: note?.trim() ?? null, from };
    });
}
