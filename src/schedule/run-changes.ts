import { isDeepStrictEqual } from 'node:util';
import type { Cause, CauseKind, Changes, Contribution, FigureChange } from '../model/changes.js';
import type { Result } from '../model/result.js';
import { runCauses } from './run-causes.js';
import { scoreChanges } from './selection-changes.js';
import { asksTheSame, direction, figureKey, headlineFigures, type Figure } from './run-figures.js';

/** Kinds of causes that say something of a run, but move no figure. */
const IDLE: ReadonlySet<CauseKind> = new Set([
  'identity-file',
  'project-facts',
  'project-added',
  'project-removed',
  'anonymized',
  'selection-model',
  'catalogue',
  'answers',
]);

/** What changed from one run to another, told from their results alone. */
export function runChanges(before: Result, after: Result): Changes {
  const causes = runCauses(before, after);
  const old = headlineFigures(before);
  const now = headlineFigures(after);
  const both = [...now].flatMap(([key, is]) => {
    const was = old.get(key);
    return was ? [{ was, is }] : [];
  });
  return {
    before: sideOf(before),
    after: sideOf(after),
    causes,
    figures: both
      .filter(({ was, is }) => was.value !== is.value)
      .map(({ was, is }) => changeOf(was, is, relevant(causes, { before, after, was, is }))),
    compared: both.length,
    tables: tables(before, after),
    ...(before.selection && after.selection && { scores: scoreChanges(before, after) }),
  };
}

function sideOf({ study, asOf, seal, projects }: Result): Changes['before'] {
  const collectedAt =
    projects
      .map((project) => project.collectedAt)
      .sort()
      .at(-1) ?? '';
  return { study: study.name, asOf, seal, collectedAt };
}

function changeOf(
  { value: before }: Figure,
  { info, measurement, value: after }: Figure,
  causes: CauseKind[],
): FigureChange {
  const { id: query, title, unit, better } = info;
  const amount = before === null || after === null ? null : difference(after, before);
  // One kind of cause alone has to have done it.
  const contributions: Contribution[] = groups(causes).length === 1 ? [{ causes, amount }] : [];
  return {
    query,
    title,
    unit,
    better,
    project: measurement.scope.project,
    before,
    after,
    direction: direction(better, before, after),
    causes,
    contributions,
  };
}

/** Without what binary fractions add to a difference of decimal ones. */
export function difference(after: number, before: number): number {
  return Number((after - before).toPrecision(12));
}

const HISTORY: readonly CauseKind[] = ['new-commits', 'rewritten-history', 'refs', 'default-branch', 'history-flags'];

/** Causes that can be told apart by measuring: the history, the day, the definition, and the rest. */
export function groups(causes: readonly CauseKind[]): CauseKind[][] {
  const isOf = (kinds: readonly CauseKind[]) => causes.filter((kind) => kinds.includes(kind));
  const rest = causes.filter((kind) => !HISTORY.includes(kind) && kind !== 'as-of' && kind !== 'definition');
  return [isOf(['definition']), isOf(HISTORY), isOf(['as-of']), rest].filter((group) => group.length > 0);
}

interface Compared {
  before: Result;
  after: Result;
  was: Figure;
  is: Figure;
}

/** The kinds of causes that can have moved one figure. */
function relevant(causes: readonly Cause[], { before, after, was, is }: Compared): CauseKind[] {
  const { scope } = is.measurement;
  const sql = `${was.info.sql}\n${is.info.sql}`;
  const mentions = (pattern: RegExp) => pattern.test(sql);
  const scopes = [was.measurement.scope, scope];
  const applies: Partial<Record<CauseKind, boolean>> = {
    definition: !asksTheSame(before, after, is.info.id),
    'as-of': mentions(/:as_of\b/) || was.measurement.scope.asOf !== scope.asOf,
    people: scopes.some(({ identity }) => identity === 'merged'),
    mailmap: scopes.some(({ mailmap }) => mailmap),
    bots: scopes.some(({ bots }) => bots === 'out') || mentions(/\bbot\b/),
    organizations: mentions(/organization/),
    // Of every branch, what counts are its commits, and they are causes of their own.
    refs:
      mentions(/release|tag|branch/i) ||
      scopes.some(({ refs }) => refs !== 'branches') ||
      causes.some(({ kind, project, before: was }) => kind === 'refs' && project === scope.project && was !== null),
    'default-branch': scopes.some(({ refs, mergedBy }) => refs === 'default' || mergedBy !== null),
  };
  const kinds = causes
    .filter(({ project }) => project === null || project === scope.project)
    .map(({ kind }) => kind)
    .filter((kind) => !IDLE.has(kind) && applies[kind] !== false);
  return [...new Set(kinds)];
}

/** Queries whose rows are not the same any more, with the projects. */
function tables(before: Result, after: Result): Changes['tables'] {
  const old = new Map(before.measurements.map((one) => [figureKey(one), one]));
  const changed = new Map<string, string[]>();
  for (const one of after.measurements) {
    const was = old.get(figureKey(one));
    if (!was || (isDeepStrictEqual(was.columns, one.columns) && isDeepStrictEqual(was.rows, one.rows))) continue;
    changed.set(one.query, [...(changed.get(one.query) ?? []), one.scope.project]);
  }
  return [...changed].map(([query, projects]) => ({ query, projects }));
}
