import { HealthError } from '../model/error.js';

const KEYS = [
  'title',
  'question',
  'unit',
  'better',
  'headline',
  'band',
  'window',
  'param',
  'source',
  'trap',
  'each',
  'stands-for',
] as const;

type HeaderKey = (typeof KEYS)[number];

export interface HeaderEntry {
  key: HeaderKey;
  /** What follows `key:`; for `param`, what follows the word. */
  value: string;
  /** From 1. */
  line: number;
}

export interface HeaderSplit {
  /** Null: the file has no header. */
  entries: HeaderEntry[] | null;
  /** Everything after the header, verbatim. */
  sql: string;
  /** The line the SQL begins on, from 1. */
  sqlLine: number;
}

const KNOWN = new RegExp(`^--\\s*(?:(param)\\s+|(${KEYS.filter((key) => key !== 'param').join('|')})\\s*:)(.*)$`);
const CONTINUED = /^--\s{2,}(\S.*)$/;
const OTHER_KEY = /^--\s*([\w-]+)\s*:/;

export function badQuery(file: string, line: number | null, what: string, hint?: string): HealthError {
  const where = line === null ? file : `${file}:${line}`;
  return new HealthError('bad-query', `${where}: ${what}`, hint === undefined ? {} : { hint });
}

/**
 * Takes a query file apart. The header is the comment lines at its very beginning, `-- key: value`; a value goes on in
 * lines that are indented by two blanks or more after the dashes. Leading comments without any known key are no header
 * but part of the SQL.
 */
export function splitHeader(file: string, text: string): HeaderSplit {
  const lines = text.split('\n');
  const end = lines.findIndex((line) => !line.startsWith('--'));
  const header = lines.slice(0, end === -1 ? lines.length : end).map((line) => line.trimEnd());
  if (!header.some((line) => KNOWN.test(line))) return { entries: null, sql: text, sqlLine: 1 };

  const entries: HeaderEntry[] = [];
  header.forEach((line, i) => {
    const match = KNOWN.exec(line);
    const last = entries.at(-1);
    const continued = CONTINUED.exec(line)?.[1];
    if (match) {
      entries.push({ key: (match[1] ?? match[2]) as HeaderKey, value: (match[3] ?? '').trim(), line: i + 1 });
    } else if (last && continued !== undefined) {
      last.value = `${last.value} ${continued}`.trimStart();
    } else if (line !== '--') {
      const other = OTHER_KEY.exec(line)?.[1];
      const what = other === undefined ? 'a header line must read "-- key: value"' : `unknown header key "${other}"`;
      throw badQuery(
        file,
        i + 1,
        what,
        `The keys are ${KEYS.join(', ')}; other comments go below the first line of SQL.`,
      );
    }
  });
  return { entries, sql: lines.slice(header.length).join('\n'), sqlLine: header.length + 1 };
}
