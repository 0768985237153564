import type { Alarm } from '../model/alarm.js';
import type { Result } from '../model/result.js';
import type { PastRun, RunHistory } from '../model/run-history.js';
import { byTheme } from '../model/themes.js';
import { count, longDay, number, UNKNOWN } from './figure-text.js';
import { eventText } from './ledger-text.js';

/** Runs a report draws, the newest. */
const MOST_RUNS = 60;
/** Past alarms and events that are listed, the newest. */
export const MOST_LISTED = 50;

/** One figure of one project over the runs that have it. */
export interface Course {
  title: string;
  unit: string;
  /** Id of the query; null for a score. */
  query: string | null;
  points: { run: PastRun; value: number | null }[];
}

/** The runs that are drawn. */
export function drawnRuns({ runs }: RunHistory): PastRun[] {
  return runs.slice(-MOST_RUNS);
}

export function historyLead({ runs }: RunHistory): string {
  const days = `from ${longDay(runs[0]?.day ?? null)} to ${longDay(runs.at(-1)?.day ?? null)}`;
  const rest =
    runs.length > MOST_RUNS ? ` Shown are the last ${MOST_RUNS}, since ${longDay(runs.at(-MOST_RUNS)!.day)}.` : '';
  return `What health evaluate kept: ${count(runs.length, 'run')}, ${days}.${rest}`;
}

/** Headline figures in the report's order, then scores; those that no drawn run has are left out. */
export function coursesOf(result: Result, runs: readonly PastRun[], project: string): Course[] {
  const known = runs.map((run) => ({
    run,
    values: new Map(run.figures.filter((one) => one.project === project).map(({ query, value }) => [query, value])),
  }));
  const infos = byTheme(result.queries).flatMap(({ metrics }) => metrics);
  const figures = infos.map(({ id, title, unit }): Course => ({
    title,
    unit,
    query: id,
    points: known.flatMap(({ run, values }) => (values.has(id) ? [{ run, value: values.get(id) ?? null }] : [])),
  }));
  return [...figures, ...scoreCourses(result, runs, project)].filter(({ points }) =>
    points.some(({ value }) => value !== null),
  );
}

function scoreCourses({ selection }: Result, runs: readonly PastRun[], project: string): Course[] {
  const courses = new Map<string, Course>();
  for (const run of runs) {
    for (const { layer, model, candidate, percent } of run.scores.filter((one) => one.project === project)) {
      const key = JSON.stringify([layer, model, candidate]);
      const name = selection?.models.find(({ id }) => id === model)?.title ?? model;
      const title = `Score by ${name}, ${layer}${candidate === project ? '' : ` (${candidate})`}`;
      const course = courses.get(key) ?? { title, unit: '% of the range', query: null, points: [] };
      course.points.push({ run, value: percent });
      courses.set(key, course);
    }
  }
  return [...courses.values()];
}

/** What a line shows, in figures. */
export function courseCells({ points }: Course): {
  newest: string;
  first: string;
  range: string;
  low: number;
  high: number;
} {
  const values = points.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = [Math.min(...values), Math.max(...values)];
  return {
    low,
    high,
    newest: number(points.at(-1)?.value ?? null),
    first: number(points[0]?.value ?? null),
    range: low === high ? 'never changed' : `${number(low)} to ${number(high)}`,
  };
}

/** What happened to a project's history, with the run that saw it; the newest first. */
export function runEvents(runs: readonly PastRun[], project: string): { run: PastRun; text: string }[] {
  return runs
    .toReversed()
    .flatMap((run) =>
      run.events.filter((event) => event.project === project).map((event) => ({ run, text: eventText(event) })),
    );
}

export function alarmState({ state, acknowledgedAt }: Alarm): string {
  if (state !== 'acknowledged') return state;
  return `acknowledged ${acknowledgedAt?.slice(0, 10) ?? UNKNOWN}`;
}

/** Alarms that hold and alarms that are over, each with the newest first. */
export function sortedAlarms(alarms: readonly Alarm[]): { holding: Alarm[]; past: Alarm[] } {
  const newest = alarms.toReversed();
  return {
    holding: newest.filter(({ state }) => state !== 'closed'),
    past: newest.filter(({ state }) => state === 'closed'),
  };
}

export const NO_ALARMS_TEXT = 'Alarms are left out: they name people, and this report has pseudonyms.';
