import type { Value } from '../model/measurement.js';
import type { ProjectFacts, Result } from '../model/result.js';
import { count, list, longDay, number } from './figure-text.js';

/** What the summary says of one project; null is unknown. */
export interface ProjectSummary {
  project: ProjectFacts;
  sixMonths: number | null;
  commits: number | null;
  /** Mean of the years with commits, without the as-of day's own year where that is not over yet. */
  committersPerYear: number | null;
  firstCommit: string | null;
  lastCommit: string | null;
  perYear: { year: number; commits: number }[];
  activity: Activity;
  verdict: string;
}

type Activity = 'unknown' | 'silent' | 'slower' | 'steady' | 'busier';

const SIX_MONTH_QUERIES = ['activity/commits-six-months'];
const COMMITTER_QUERIES = ['activity/committers-per-year'];
const YEAR_QUERIES = ['activity/commits-per-year'];
const FACT_QUERIES = ['overview/facts'];

/** A measurement's rows as objects, from the first of the queries that the result has for the project. */
function rowsOf(result: Result, project: string, queries: readonly string[]): Record<string, Value>[] | null {
  for (const id of queries) {
    const found = result.measurements.find((one) => one.query === id && one.scope.project === project);
    if (found) {
      return found.rows.map((row) => Object.fromEntries(found.columns.map((column, i) => [column, row[i] ?? null])));
    }
  }
  return null;
}

function pick(row: Record<string, Value> | undefined, columns: readonly string[]): Value {
  for (const column of columns) {
    const value = row?.[column];
    if (value !== undefined) return value;
  }
  return null;
}

function asNumber(value: Value): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function asDay(value: Value): string | null {
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(value) ? value.slice(0, 10) : null;
}

function sixMonthCommits(result: Result, project: string): number | null {
  const rows = rowsOf(result, project, SIX_MONTH_QUERIES);
  if (rows === null) return null;
  return asNumber(pick(rows[0], ['commits']));
}

function yearly(rows: Record<string, Value>[] | null, columns: readonly string[]): { year: number; value: number }[] {
  return (rows ?? []).flatMap((row) => {
    const year = Number(pick(row, ['year']));
    const value = asNumber(pick(row, columns));
    return Number.isInteger(year) && year > 0 && value !== null ? [{ year, value }] : [];
  });
}

function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Values of the years that are over on the as-of day; of all years where none is. */
function whole(years: readonly { year: number; value: number }[], asOf: string): number[] {
  const over = years.filter(({ year }) => `${year}-12-31` <= asOf);
  return (over.length > 0 ? over : years).map(({ value }) => value);
}

/** Years of 365.2425 days between two days, at least half a year. */
function span(from: string, to: string): number {
  return Math.max(0.5, (Date.parse(to) - Date.parse(from)) / 86_400_000 / 365.2425);
}

function judge(
  sixMonths: number | null,
  commits: number | null,
  first: string | null,
  last: string | null,
  asOf: string,
): { activity: Activity; verdict: string } {
  const until = `the six months to ${longDay(asOf)}`;
  if (sixMonths === null) return { activity: 'unknown', verdict: `How active it was in ${until} is not known.` };
  if (sixMonths === 0) {
    const since = last === null ? '' : `; its last commit is of ${longDay(last)}`;
    return { activity: 'silent', verdict: `Silent: no commit in ${until}${since}.` };
  }
  const pace = commits === null || first === null ? null : commits / span(first, asOf) / 2;
  if (pace === null || pace <= 0) {
    return { activity: 'steady', verdict: `Active: ${count(sixMonths, 'commit')} in ${until}.` };
  }
  const share = sixMonths / pace;
  const usual = `its own average of ${number(pace, pace < 10 ? 1 : 0)} per half-year`;
  if (share >= 1.25) return { activity: 'busier', verdict: `Busier than usual: well above ${usual}.` };
  if (share >= 0.75) return { activity: 'steady', verdict: `Steady: close to ${usual}.` };
  if (share >= 0.35) return { activity: 'slower', verdict: `Slower than usual: below ${usual}.` };
  return { activity: 'slower', verdict: `Much slower than usual: far below ${usual}.` };
}

export function summarize(result: Result, project: ProjectFacts): ProjectSummary {
  const [facts] = rowsOf(result, project.name, FACT_QUERIES) ?? [];
  const sixMonths = sixMonthCommits(result, project.name);
  const commitYears = yearly(rowsOf(result, project.name, YEAR_QUERIES), ['commits']);
  const committerYears = yearly(rowsOf(result, project.name, COMMITTER_QUERIES), ['committers']);
  const commits = asNumber(pick(facts, ['commits']));
  const firstCommit = asDay(pick(facts, ['first_commit']));
  const lastCommit = asDay(pick(facts, ['last_commit']));
  return {
    project,
    sixMonths,
    commits,
    committersPerYear: mean(whole(committerYears, result.asOf)),
    firstCommit,
    lastCommit,
    perYear: commitYears.map(({ year, value }) => ({ year, commits: value })),
    ...judge(sixMonths, commits, firstCommit, lastCommit, result.asOf),
  };
}

/** Days without a commit anywhere after which the histories themselves are in doubt. */
const STALE_DAYS = 45;

/** Where no project at all has a recent commit, the copies may be old: a warning that says so; null: they are not. */
export function staleText(summaries: readonly ProjectSummary[], asOf: string): string | null {
  const newest = summaries
    .flatMap(({ lastCommit }) => lastCommit ?? [])
    .sort()
    .at(-1);
  if (newest === undefined || summaries.length < 2) return null;
  const days = Math.round((Date.parse(asOf) - Date.parse(newest)) / 86_400_000);
  if (days < STALE_DAYS) return null;
  return `The newest commit of all projects is of ${longDay(newest)}, ${count(days, 'day')} before the day of this report. If these are mirrors or old copies, the answers are of that age too: fetch them anew, or look at that day with --as-of ${newest}.`;
}

/** One sentence on all projects together. */
export function overall(summaries: readonly ProjectSummary[], asOf: string): string {
  const known = summaries.filter((one) => one.sixMonths !== null);
  const until = `in the six months to ${longDay(asOf)}`;
  if (summaries.length === 0) return 'Nothing has been collected yet.';
  if (known.length === 0) return `How active the projects were ${until} is not known.`;
  const active = known.filter((one) => one.sixMonths !== 0).sort((a, b) => (b.sixMonths ?? 0) - (a.sixMonths ?? 0));
  const silent = known.filter((one) => one.sixMonths === 0).map((one) => one.project.name);
  const [most] = active;
  const least = active.at(-1);
  if (!most || !least) return `No project had a commit ${until}.`;
  if (summaries.length === 1) return `${most.project.name} had ${count(most.sixMonths ?? 0, 'commit')} ${until}.`;
  const number = active.length === known.length ? `All ${known.length}` : `${active.length} of ${known.length}`;
  const ends =
    most === least
      ? `${most.project.name} with ${count(most.sixMonths ?? 0, 'commit')}`
      : `from ${least.project.name} with ${count(least.sixMonths ?? 0, 'commit')} to ${most.project.name} with ${count(most.sixMonths ?? 0, 'commit')}`;
  const rest = silent.length === 0 ? '' : `; ${list(silent)} had none`;
  return `${number} projects were active ${until}, ${ends}${rest}.`;
}
