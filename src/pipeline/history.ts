import type { Alarm } from '../model/alarm.js';
import type { Study } from '../model/project.js';
import type { Result } from '../model/result.js';
import type { PastRun, RunHistory } from '../model/run-history.js';
import { sealed } from '../report/json.js';
import { readRuns } from '../store/runs.js';

/** One run alone is no history. */
const LEAST_RUNS = 2;

interface HistoryMeans {
  store: string;
  study: Study;
  /** Names; empty: all of the study. */
  projects: readonly string[];
}

/** The result with the kept runs of its study up to its day, and the alarms; as it is where there are fewer than two. */
export function withHistory(result: Result, { store, study, projects }: HistoryMeans): Result {
  const { kept, alarms } = readRuns(store, study.name);
  const day = result.asOf;
  const runs = kept.filter((run) => run.day <= day);
  if (runs.length < LEAST_RUNS) return result;
  const isWanted = isOf(projects);
  const history: RunHistory = {
    runs: runs.map(({ day, asOfGiven, endedAt, seal, figures, scores, events }): PastRun => ({
      day,
      asOfGiven,
      endedAt,
      seal,
      figures: figures.filter(isWanted),
      scores: scores.filter(isWanted),
      events: events.filter(isWanted),
    })),
    alarms: result.manifest.anonymized
      ? null
      : alarms.filter((alarm) => alarm.firstSeen <= day && isWanted(alarm)).map((alarm) => standing(alarm, day)),
  };
  const { seal: _, ...rest } = result;
  return sealed({ ...rest, history });
}

function isOf(projects: readonly string[]): (one: { project: string | null }) => boolean {
  return ({ project }) => projects.length === 0 || (project !== null && projects.includes(project));
}

/** An alarm as it stood on a day: what was closed later was open then. */
function standing(alarm: Alarm, day: string): Alarm {
  if (alarm.closed === null || alarm.closed <= day) return alarm;
  return { ...alarm, state: alarm.acknowledgedAt === null ? 'open' : 'acknowledged', closed: null };
}

/** The alarms of a study by what became of them, each list by number. */
export interface AlarmList {
  study: string;
  open: Alarm[];
  acknowledged: Alarm[];
  closed: Alarm[];
}

/** Reads the store only. HealthError no-store. */
export function listAlarms({ store, study, projects }: HistoryMeans): AlarmList {
  const alarms = readRuns(store, study.name).alarms.filter(isOf(projects));
  const of = (state: Alarm['state']): Alarm[] => alarms.filter((alarm) => alarm.state === state);
  return { study: study.name, open: of('open'), acknowledged: of('acknowledged'), closed: of('closed') };
}
