import { measure } from '../metrics/run.js';
import { parseQuery } from '../metrics/catalogue.js';
import type { RefChoice } from '../model/history.js';
import { plainScope, type IdentityRule, type Measurement, type Scope, type Value } from '../model/measurement.js';
import type { Study } from '../model/project.js';
import { openReadable } from '../store/readable.js';
import { loadCatalogue } from './catalogue.js';
import { identityOf } from './counting.js';
import { identitiesOf } from './identities.js';
import { chooseProjects, newestDay } from './scope.js';

export { listQueries } from './catalogue.js';

export interface QueryRequest {
  store: string;
  study: Study;
  /** One of the catalogue, or a text of the user's own with the name to show in messages. */
  sql: { id: string } | { path: string; text: string };
  /** Empty: all of the study. */
  projects: string[];
  /** As typed. */
  params: Record<string, Value>;
  /** YYYY-MM-DD; null: everything, and `:as_of` is the day of the newest collect. */
  asOf: string | null;
  refs: RefChoice;
  /** Null: as a report counts. */
  identity: IdentityRule | null;
  mergedBy: string | null;
  /** Rules of contributions, and the mailmap, where they differ from the plain ones. */
  rules?: Partial<Pick<Scope, 'role' | 'merges' | 'time' | 'mailmap' | 'bots'>>;
  /** Pseudonyms in place of names and addresses. */
  anonymize?: boolean;
}

/** Runs one query for each chosen project: one measurement a project, in the study's order. */
export function query(request: QueryRequest): Measurement[] {
  const catalogue = loadCatalogue();
  const info = 'id' in request.sql ? catalogue.query(request.sql.id) : parseQuery(request.sql.path, request.sql.text);
  const identities = identitiesOf(request.study)?.rules;
  const readable = openReadable(request.store, {
    identities,
    anonymize: request.anonymize,
  });
  try {
    const { facts } = chooseProjects(readable, request.study, request.projects, request.store);
    const { asOf, refs, mergedBy } = request;
    const identity = request.identity ?? identityOf(info, identities);
    const params = withAsOf(request.params, info.sql, asOf ?? newestDay(facts));
    return facts.map(({ name: project }) =>
      measure(
        readable,
        catalogue,
        info,
        plainScope(project, { asOf, refs, identity, mergedBy, ...request.rules }),
        params,
      ),
    );
  } finally {
    readable.close();
  }
}

/** Fills `:as_of` where the query uses it and the user has not. */
export function withAsOf(params: Record<string, Value>, sql: string, day: string): Record<string, Value> {
  return !('as_of' in params) && /:as_of\b/.test(sql) ? { ...params, as_of: day } : params;
}
