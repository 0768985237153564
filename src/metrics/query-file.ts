import { createHash } from 'node:crypto';
import type { QueryInfo, QueryParam, Value } from '../model/measurement.js';
import { bandAxes, type BandAxis } from '../model/sensitivity.js';
import { badQuery, splitHeader, type HeaderEntry } from './query-header.js';
import { hasStatement, positionalParam, usedParams } from './sql-text.js';

/** Given to every query without being declared: the day the figures speak of, YYYY-MM-DD. */
export const AS_OF = 'as_of';

const PARAM = /^([A-Za-z_]\w*)\s*(?:=\s*('(?:[^']|'')*'|[^:]*?)\s*)?:\s*(.*)$/;
const EACH = /^([A-Za-z_]\w*)\s+from\s+(\S+)$/;
const COLUMN = /^[A-Za-z_]\w*$/;
const CATALOGUE_ID = /^[\w-]+\/[\w-]+$/;
const BETTER = ['up', 'down', 'neither'] as const;

/** A value as a header or a command line writes it: a number where it reads as one, else text. */
export function literal(text: string): Value {
  if (!/^-?(?:0|[1-9]\d*)(?:\.\d+)?$/.test(text)) return text;
  const value = Number(text);
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

function parseDefault(text: string | undefined): Value {
  if (text === undefined || text === '') return null;
  return text.startsWith("'") ? text.slice(1, -1).replaceAll("''", "'") : literal(text);
}

function parseParams(file: string, entries: HeaderEntry[]): QueryParam[] {
  const params: QueryParam[] = [];
  for (const { value, line } of entries.filter(({ key }) => key === 'param')) {
    const [, name, given, help = ''] = PARAM.exec(value) ?? [];
    if (name === undefined) throw badQuery(file, line, 'a parameter must read "-- param NAME = default: help"');
    if (name === AS_OF) throw badQuery(file, line, `"${AS_OF}" is given to every query; it must not be declared`);
    if (params.some((param) => param.name === name))
      throw badQuery(file, line, `parameter "${name}" is declared twice`);
    params.push({ name, help, default: parseDefault(given) });
  }
  return params;
}

function parseEach(file: string, entries: HeaderEntry[], params: QueryParam[]): QueryInfo['each'] {
  const entry = entries.find(({ key }) => key === 'each');
  if (!entry) return null;
  const [, param, query] = EACH.exec(entry.value) ?? [];
  if (param === undefined || query === undefined) {
    throw badQuery(file, entry.line, 'must read "-- each: PARAM from theme/id"');
  }
  if (!params.some(({ name }) => name === param)) {
    throw badQuery(file, entry.line, `"${param}" is not declared: add a line "-- param ${param}: help"`);
  }
  return { param, query };
}

function parseHeadline(file: string, entries: HeaderEntry[]): string | null {
  const entry = entries.find(({ key }) => key === 'headline');
  if (!entry) return null;
  if (!COLUMN.test(entry.value)) throw badQuery(file, entry.line, '"headline" must be the name of one column');
  return entry.value;
}

/** The rules a headline is tried under: all of them unless some are named, none for `none`. */
function parseBand(file: string, entries: HeaderEntry[]): BandAxis[] {
  const entry = entries.find(({ key }) => key === 'band');
  const hasHeadline = entries.some(({ key }) => key === 'headline');
  if (!entry) return hasHeadline ? [...bandAxes] : [];
  if (!hasHeadline) throw badQuery(file, entry.line, '"band" goes with "headline"');
  if (entry.value === 'none') return [];
  const words = entry.value.split(/[\s,]+/);
  const odd = words.find((word) => !(bandAxes as readonly string[]).includes(word));
  if (odd !== undefined) {
    throw badQuery(file, entry.line, `"band" must be some of ${bandAxes.join(', ')}, or none; not "${odd}"`);
  }
  return bandAxes.filter((axis) => words.includes(axis));
}

/** Holds what the SQL uses against what the header declares. Files without a header declare by using. */
function checkParams(
  file: string,
  sql: string,
  sqlLine: number,
  declared: QueryParam[],
  header: boolean,
): QueryParam[] {
  const lineOf = (index: number): number => sqlLine + sql.slice(0, index).split('\n').length - 1;
  const positional = positionalParam(sql);
  if (positional !== null) {
    throw badQuery(file, lineOf(positional), 'parameters need names', 'Write :name in place of ?');
  }
  const names = declared.map(({ name }) => name);
  const used = usedParams(sql, names);
  const unused = names.find((name) => !used.has(name));
  if (unused !== undefined) throw badQuery(file, null, `parameter "${unused}" is declared but the SQL does not use it`);
  const undeclared = [...used].filter(([name]) => name !== AS_OF && !names.includes(name));
  const [first] = undeclared;
  if (first && header) {
    throw badQuery(
      file,
      lineOf(first[1]),
      `parameter "${first[0]}" is not declared`,
      `Add "-- param ${first[0]} = default: help" to the header.`,
    );
  }
  return [...declared, ...undeclared.map(([name]) => ({ name, help: '', default: null }))];
}

/** `thesis/years` for a file of the catalogue, the bare name for any other; `-` is standard input. */
function idOf(path: string): string {
  const plain = path.replace(/\.sql$/i, '');
  if (CATALOGUE_ID.test(plain)) return plain;
  return path === '-' ? 'stdin' : (plain.split(/[\\/]/).at(-1) ?? plain);
}

/** The keys a file of the catalogue must have; others fall back to something plain. */
const REQUIRED = ['title', 'question', 'unit', 'better', 'source'] as const;

/**
 * A query file as a query. `path` names it, in messages too. The header may lack keys or be missing altogether (a user's
 * own file): then the title is the file's name, and the parameters are those the SQL uses, without defaults.
 * @throws HealthError bad-query, `file:line: what`
 */
export function parseQuery(path: string, text: string, options: { file?: string; strict?: boolean } = {}): QueryInfo {
  const file = options.file ?? path;
  const clean = text.replace(/^\ufeff/, '').replaceAll('\r\n', '\n');
  const { entries, sql, sqlLine } = splitHeader(file, clean);
  const header = entries ?? [];
  const value = (key: HeaderEntry['key']): string | undefined => header.find((entry) => entry.key === key)?.value;

  for (const key of [...REQUIRED, 'headline', 'band', 'window', 'each', 'stands-for'] as const) {
    const [, second] = header.filter((entry) => entry.key === key);
    if (second) throw badQuery(file, second.line, `"${key}" is given twice`);
  }
  const empty = header.find((entry) => entry.value === '');
  if (empty) throw badQuery(file, empty.line, `"${empty.key}" is empty`);
  const missing = options.strict ? REQUIRED.find((key) => value(key) === undefined) : undefined;
  if (missing) throw badQuery(file, null, `the header lacks a line "-- ${missing}: …"`);
  const better = BETTER.find((word) => word === (value('better') ?? 'neither'));
  if (!better) {
    const line = header.find((entry) => entry.key === 'better')?.line ?? null;
    throw badQuery(file, line, `"better" must be ${BETTER.join(', ')}, not "${value('better')}"`);
  }
  if (!hasStatement(sql)) throw badQuery(file, sqlLine, 'there is no SQL');

  const id = idOf(path);
  const declared = parseParams(file, header);
  return {
    id,
    title: value('title') ?? (id.split('/').at(-1) || id),
    question: value('question') ?? '',
    unit: value('unit') ?? '',
    better,
    headline: parseHeadline(file, header),
    band: parseBand(file, header),
    window: value('window') ?? null,
    params: checkParams(file, sql, sqlLine, declared, entries !== null),
    source: value('source') ?? '',
    traps: header.filter(({ key }) => key === 'trap').map((entry) => entry.value),
    each: parseEach(file, header, declared),
    standsFor: value('stands-for') ?? null,
    sql,
    sha256: createHash('sha256').update(text).digest('hex'),
  };
}
