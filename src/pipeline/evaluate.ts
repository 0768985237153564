import { studyRules } from '../config/watch-rules.js';
import { writeWhole } from '../files/whole-file.js';
import type { Alarm, Firing, Rule } from '../model/alarm.js';
import { ExitCode, HealthError } from '../model/error.js';
import type { EvaluatedProject, Evaluation, KeptRun } from '../model/evaluation.js';
import type { Study } from '../model/project.js';
import type { Result } from '../model/result.js';
import { renderJson } from '../report/json.js';
import { alarmChanges } from '../schedule/alarm-life.js';
import { firings } from '../schedule/firings.js';
import { toDay } from '../schedule/signals.js';
import { evaluateLock } from '../store/evaluate-lock.js';
import { openReadable } from '../store/readable.js';
import { openRuns, type Runs } from '../store/runs.js';
import { loadCatalogue } from './catalogue.js';
import { collect, type CollectOptions, type CollectOutcome } from './collect.js';
import { readDeployment } from './deployment.js';
import { diffRuns } from './diff.js';
import { identitiesOf } from './identities.js';
import { keptRun, runPath } from './kept-run.js';
import { sealedProjects } from './manifest.js';
import { buildResult } from './report.js';
import { readRun } from './run-file.js';
import { projectSignals } from './signals.js';
import { toolVersion } from './version.js';

export interface EvaluateOptions extends Omit<CollectOptions, 'only'> {
  /** Names; empty: all of the study. Alarms of others stay as they are. */
  projects: string[];
  /** Whether to collect first. */
  collects: boolean;
  /** YYYY-MM-DD; null: the day of the newest collect. */
  asOf: string | null;
  /** Seconds to wait for another evaluate on this store. */
  wait: number;
}

/** What was found, with the lock still held: nobody else tells of the same alarms meanwhile. */
export interface Evaluated {
  evaluation: Evaluation;
  /** Says that somebody was told of the alarms. Where nobody is, the next evaluate tells of them. */
  told(): void;
  /** Lets go of the store; always call it. */
  release(): void;
}

/**
 * Collects, measures, keeps the run, compares it with the one before and brings alarms up to date. One at a time on a
 * store. HealthError evaluate-running, bad-usage (an earlier day than the last run), those of collect and report; a
 * project that can't be collected is an outcome.
 */
export async function evaluate(study: Study, options: EvaluateOptions): Promise<Evaluated> {
  const release = await evaluateLock(options.store, options.wait, options.signal);
  try {
    const evaluation = await evaluateLocked(study, options);
    const told = (): void => {
      if (evaluation.run !== null) withRuns(options.store, study, (runs) => runs.told(evaluation.alarms));
    };
    return { evaluation, told, release };
  } catch (error) {
    release();
    throw error;
  }
}

async function evaluateLocked(study: Study, options: EvaluateOptions): Promise<Evaluation> {
  const startedAt = now();
  const outcomes = options.collects ? await collect(study, { ...options, only: options.projects }) : [];
  if (outcomes.length > 0 && outcomes.every(({ ok, commits }) => !ok && commits === 0)) {
    const alarms = { new: [], open: [], closed: [] };
    const day = startedAt.slice(0, 10);
    const nothing = { run: null, previous: null, changes: null, deployment: null };
    return outcome(study, outcomes, { ...nothing, day, startedAt, alarms });
  }
  return withRuns(options.store, study, (runs) => {
    runs.sweep();
    const found = judgeRun(study, options, runs);
    return outcome(study, outcomes, { ...found, startedAt, alarms: runs.untold() });
  });
}

function withRuns<T>(store: string, study: Study, work: (runs: Runs) => T): T {
  const runs = openRuns(store, study.name);
  try {
    return work(runs);
  } finally {
    runs.close();
  }
}

type Judged = Pick<Evaluation, 'day' | 'run' | 'previous' | 'changes' | 'deployment'>;

/** Measures, keeps the run and brings alarms up to date. */
function judgeRun(study: Study, options: EvaluateOptions, runs: Runs): Judged {
  const { store, asOf, projects, progress } = options;
  const before = runs.kept().at(-1) ?? null;
  const result = buildResult({ store, study, projects, asOf, ...(progress && { progress }) });
  if (before !== null && result.asOf < before.day) {
    throw new HealthError('bad-usage', `the last run is of ${before.day}, and this one would be of ${result.asOf}`, {
      hint: 'alarms only go forward; for the past there is health evaluate --replay FROM..TO',
    });
  }
  const run = keptRun(result, before, now());
  const rules = studyRules(study.rules);
  const held = findings(study, rules, { ...options, runs, run, before }, result);
  const judged = projects.length === 0 ? null : projects;
  runs.keep(
    run,
    (file) => writeWhole(file, renderJson(result)),
    (alarms) => alarmChanges(alarms, held, { rules, day: run.day, judged }),
  );
  const previous = before && { seal: before.seal, file: runPath(store, before), day: before.day };
  return {
    day: result.asOf,
    run: { seal: run.seal, file: runPath(store, run) },
    previous,
    changes: previous && changesSince(previous.file, result, { store, study }),
    deployment: readDeployment(store, study, result.asOf),
  };
}

/** Null where the file of the run before is gone. */
function changesSince(file: string, result: Result, means: { store: string; study: Study }): Evaluation['changes'] {
  try {
    return diffRuns(readRun(file).run, result, means).changes;
  } catch (error) {
    if (error instanceof HealthError && error.code === 'bad-run') return null;
    throw error;
  }
}

interface Known {
  store: string;
  asOf: string | null;
  runs: Runs;
  run: KeptRun;
  before: KeptRun | null;
}

/** All that holds, over the projects of a result. */
function findings(
  study: Study,
  rules: readonly Rule[],
  { store, asOf, runs, run, before }: Known,
  result: Result,
): Firing[] {
  const catalogue = loadCatalogue();
  const readable = openReadable(store, {
    identities: identitiesOf(study)?.rules,
    seals: sealedProjects(result),
  });
  try {
    const open = new Set(
      runs.alarms().flatMap(({ state, rule, subject }) => (state === 'closed' ? [] : [`${rule} ${subject}`])),
    );
    return result.projects.flatMap(({ name, collectedAt }) => {
      const signals = projectSignals(readable, catalogue, name, asOf);
      // What happened after its own last good collect nobody knows.
      const seen = collectedAt.slice(0, 10);
      const day = toDay(seen < result.asOf ? seen : result.asOf);
      const events = result.ledger.find(({ project }) => project === name)?.events ?? [];
      const standing = {
        events,
        failures: runs.failures(name),
        scores: run.scores,
        scoresBefore: before?.scores ?? null,
        open,
      };
      return firings(rules, signals, day, standing);
    });
  } finally {
    readable.close();
  }
}

function outcome(
  study: Study,
  outcomes: readonly CollectOutcome[],
  rest: Judged & Pick<Evaluation, 'startedAt' | 'alarms'>,
): Evaluation {
  const failures = outcomes.flatMap(({ project, error }) => (error ? [{ project, ...error }] : []));
  const code =
    rest.alarms.new.length > 0
      ? ExitCode.refused
      : failures.length === 0
        ? ExitCode.done
        : failures.length < outcomes.length
          ? ExitCode.partly
          : ExitCode.failed;
  return {
    format: 1,
    tool: { name: 'stack-health', version: toolVersion() },
    study: study.name,
    ...rest,
    endedAt: now(),
    projects: outcomes.map(({ project, url, ok, commits, summary, error, warning }): EvaluatedProject => ({
      project,
      url,
      ok,
      commits,
      newCommits: summary?.commits ?? 0,
      error,
      warning,
    })),
    failures,
    exitCode: code,
  };
}

/** Takes note of an alarm. HealthError bad-usage where there is none of that number that is open. */
export function acknowledge(study: Study, store: string, id: number, note: string | null): Alarm {
  return withRuns(store, study, (runs) => {
    const alarm = runs.acknowledge(id, note, now());
    if (alarm) return alarm;
    const all = runs.alarms();
    const open = all.filter(({ state }) => state !== 'closed').map((one) => one.id);
    const isKnown = all.some((one) => one.id === id);
    throw new HealthError('bad-usage', isKnown ? `alarm ${id} is closed` : `there is no alarm ${id}`, {
      hint: open.length === 0 ? 'no alarm is open' : `open ones: ${open.join(', ')}`,
    });
  });
}

/** UTC, `YYYY-MM-DD HH:MM:SS`. */
function now(): string {
  return new Date().toISOString().slice(0, 19).replace('T', ' ');
}
