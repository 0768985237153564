import { HealthError } from '../model/error.js';
import type { QueryInfo } from '../model/measurement.js';
import { parseQuery } from './query-file.js';
import { parseSpec, type SpecFile } from './spec-file.js';

export { parseQuery } from './query-file.js';

export interface CatalogueFile {
  /** Relative to queries/: `thesis/six-month-commits.sql`. */
  path: string;
  text: string;
}

/** A query's chart: for one project, and where it has a file of its own, for several side by side. */
export interface SpecEntry extends SpecFile {
  compare?: SpecFile;
}

export interface Catalogue {
  /** Sorted by id. */
  queries: QueryInfo[];
  /** By query id. */
  specs: Map<string, SpecEntry>;
  /** @throws HealthError unknown-query, naming those that are meant most likely */
  query(id: string): QueryInfo;
}

const FILE = /^([\w-]+\/[\w-]+)(\.sql|\.vl\.json|\.compare\.vl\.json)$/;

/** Queries that share words of their id with what was asked for, the most alike first. */
function near(id: string, queries: QueryInfo[]): string[] {
  const words = id.toLowerCase().match(/[a-z0-9]{3,}/g) ?? [];
  return queries
    .map((query) => ({ id: query.id, shared: words.filter((word) => query.id.includes(word)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .map((query) => query.id);
}

function find(queries: QueryInfo[], id: string): QueryInfo {
  const found = queries.find((query) => query.id === id);
  if (found) return found;
  const meant = near(id, queries).slice(0, 5);
  const hint =
    meant.length > 0 ? `Did you mean ${meant.join(', ')}?` : `There are ${queries.map((q) => q.id).join(', ')}.`;
  throw new HealthError('unknown-query', `there is no query "${id}"`, { hint });
}

function checkStandsFor(queries: QueryInfo[]): void {
  for (const { id, standsFor } of queries) {
    if (standsFor === null || queries.some((query) => query.id === standsFor)) continue;
    throw new HealthError('bad-query', `queries/${id}.sql: stands-for: there is no query "${standsFor}"`);
  }
}

function checkEach(queries: QueryInfo[]): void {
  for (const { id, each } of queries) {
    if (!each) continue;
    const source = queries.find((query) => query.id === each.query);
    const fault = !source
      ? 'there is no such query'
      : source.each
        ? 'that query is itself run for each of another'
        : null;
    if (fault)
      throw new HealthError('bad-query', `queries/${id}.sql: each: ${each.param} from ${each.query}: ${fault}`);
  }
}

/**
 * The catalogue that these files make: `<theme>/<id>.sql` is a query, `<theme>/<id>.vl.json` its chart,
 * `<theme>/<id>.compare.vl.json` its chart for several projects. Other files are passed over.
 * @throws HealthError bad-query or bad-chart, naming the file
 */
export function parseCatalogue(files: CatalogueFile[]): Catalogue {
  const queries: QueryInfo[] = [];
  const specs = new Map<string, SpecEntry>();
  const parts = files
    .map(({ path, text }) => ({ match: FILE.exec(path), path, text }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
  const ofKind = (kind: string): { id: string; file: string; path: string; text: string }[] =>
    parts.flatMap(({ match, path, text }) =>
      match?.[2] === kind ? [{ id: match[1] ?? '', file: `queries/${path}`, path, text }] : [],
    );
  for (const { path, file, text } of ofKind('.sql')) queries.push(parseQuery(path, text, { file, strict: true }));
  queries.sort((a, b) => (a.id < b.id ? -1 : 1));
  checkEach(queries);
  checkStandsFor(queries);
  for (const { id, file, text } of ofKind('.vl.json')) {
    if (!queries.some((query) => query.id === id)) {
      throw new HealthError('bad-chart', `${file}: there is no query beside it (${id}.sql)`);
    }
    specs.set(id, parseSpec(file, text));
  }
  for (const { id, file, text } of ofKind('.compare.vl.json')) {
    const entry = specs.get(id);
    if (!entry) throw new HealthError('bad-chart', `${file}: there is no chart for a single project beside it`);
    entry.compare = parseSpec(file, text);
  }
  return { queries, specs, query: (id) => find(queries, id) };
}
