import type Database from 'better-sqlite3';
import { HealthError } from '../model/error.js';
import { withNativeDates } from './native-dates.js';
import { codeOf } from './sqlite-errors.js';
import { literal, meaningful, tokenize, unquoted, type Token } from './sql-lexer.js';

export interface PreparedQuery {
  statement: Database.Statement<unknown[]>;
  /** What the query as written calls its columns. */
  columns: string[];
  /** Names of the parameters it uses, without the colon. */
  parameters: string[];
}

// Statements that do something else than read. SQLite tells most of them itself, but not before it resolves names, and
// it takes PRAGMA, ATTACH and BEGIN for reading.
const WRITING =
  /^(INSERT|UPDATE|DELETE|REPLACE|MERGE|CREATE|DROP|ALTER|TRUNCATE|PRAGMA|ATTACH|DETACH|BEGIN|COMMIT|END|ROLLBACK|SAVEPOINT|RELEASE|VACUUM|REINDEX|ANALYZE|SET|USE|GRANT|CALL|LOAD)$/i;

/**
 * Prepares a user's query: one statement, and one that can only read. HealthError query-writes or bad-query.
 * Texts in double quotes are taken as MySQL takes them, where no column of that name exists.
 */
export function prepareQuery(db: Database.Database, sql: string): PreparedQuery {
  const tokens = tokenize(sql);
  const words = meaningful(tokens);
  const first = words.find(({ text }) => text !== '(' && text !== ';');
  if (!first) throw new HealthError('bad-query', 'the query is empty');
  if (WRITING.test(first.text)) throw writes(first.text);
  const parameters = parameterNames(words);
  const { statement, understood } = prepareQuoted(db, tokens);
  if (!statement.readonly || !statement.reader) throw writes(null);
  const columns = statement.columns().map(({ name }) => name);
  const faster = withNativeDates(understood);
  return { statement: faster ? prepareTokens(db, faster) : statement, columns, parameters };
}

/**
 * HealthError bad-query for a query that looks past the scope's views, at the tables themselves (`main.people`), where
 * names stand as they are.
 */
export function refuseUnscoped(sql: string): void {
  const words = meaningful(tokenize(sql));
  const past = words.find(({ text }, i) => /^["'`[]?main["'`\]]?$/i.test(text) && words[i + 1]?.text === '.');
  if (!past) return;
  throw new HealthError('bad-query', `an anonymized query may not name a schema (${past.text}.)`, {
    hint: 'Write the names of tables alone.',
  });
}

function prepareTokens(db: Database.Database, tokens: readonly Token[]): Database.Statement<unknown[]> {
  return db.prepare<unknown[]>(tokens.map(({ text }) => text).join(''));
}

function prepareQuoted(
  db: Database.Database,
  tokens: Token[],
): { statement: Database.Statement<unknown[]>; understood: Token[] } {
  let current = tokens;
  for (;;) {
    try {
      return { statement: prepareTokens(db, current), understood: current };
    } catch (error) {
      const next = withString(current, error);
      if (!next) throw queryError(error);
      current = next;
    }
  }
}

/** The tokens with the double-quoted text that SQLite found no column for as a string; null when it's not that. */
function withString(tokens: Token[], error: unknown): Token[] | null {
  if (!(error instanceof Error)) return null;
  const missing = /^no such column: "([\s\S]*)" - should this be a string literal in single-quotes\?$/.exec(
    error.message,
  );
  if (!missing) return null;
  const isIt = ({ kind, text }: Token) => kind === 'quoted' && unquoted(text) === missing[1];
  if (!tokens.some(isIt)) return null;
  return tokens.map((token) => (isIt(token) ? { kind: 'string', text: literal(unquoted(token.text)) } : token));
}

function parameterNames(words: readonly Token[]): string[] {
  const names = new Set<string>();
  for (const { kind, text } of words) {
    if (kind !== 'parameter') continue;
    if (!text.startsWith(':')) {
      throw new HealthError('bad-query', `a query's parameters are written :name, not ${text}`);
    }
    names.add(text.slice(1));
  }
  return [...names];
}

/** What SQLite said of a query, as an error of the query. Not for errors of the file. */
export function queryError(error: unknown): unknown {
  if (error instanceof HealthError || !(error instanceof Error)) return error;
  // A scope's views can't be written to, which SQLite finds before it knows that the statement writes.
  if (/^cannot modify .* because it is a view$/.test(error.message)) return writes(null, error);
  if (error instanceof RangeError && /more than one statement/.test(error.message)) {
    return new HealthError('bad-query', 'a query is one statement; this text holds more than one', { cause: error });
  }
  if (error instanceof RangeError && /no statements/.test(error.message)) {
    return new HealthError('bad-query', 'the query is empty', { cause: error });
  }
  const isQuery = /^(SQLITE_ERROR|SQLITE_RANGE|SQLITE_TOOBIG|SQLITE_MISMATCH|SQLITE_AUTH)/.test(codeOf(error));
  return isQuery ? new HealthError('bad-query', error.message.replace(/\s+/g, ' '), { cause: error }) : error;
}

function writes(word: string | null, cause?: unknown): HealthError {
  const what = word === null ? 'this one does something else' : `this one starts with ${word.toUpperCase()}`;
  return new HealthError('query-writes', `a query may only read: ${what}`, {
    hint: 'Start it with SELECT or WITH … SELECT.',
    cause,
  });
}
