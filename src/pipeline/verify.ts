import { isDeepStrictEqual } from 'node:util';
import type { Cause } from '../model/changes.js';
import type { Progress } from '../model/progress.js';
import type { Study } from '../model/project.js';
import type { Result } from '../model/result.js';
import type { Verification, VerifiedProject } from '../model/verification.js';
import { renderJson, sealed, sealOf } from '../report/json.js';
import { eventText } from '../schedule/history-causes.js';
import { runChanges } from '../schedule/run-changes.js';
import { openReadable } from '../store/readable.js';
import { sealedProjects } from './manifest.js';
import { buildResult } from './report.js';
import { readRun } from './run-file.js';

export { figureTexts } from '../report/changes-text.js';

export interface VerifyOptions {
  /** Path of the run's JSON. */
  file: string;
  store: string;
  /** For the identity file; the projects are the run's. */
  study: Study;
  progress?: Progress;
}

/** Parts of a result that are no figures, as messages call them; others go by their own name. */
const PARTS: Record<string, string> = {
  projects: 'facts about the projects',
  queries: 'what the queries say',
  charts: 'charts',
  sensitivity: 'ranges of headline figures',
  past: 'figures of a year before',
  people: 'people',
  replication: 'replication of published figures',
  faults: 'what is said about faults of CVSAnalY',
  ledger: 'ledger of the histories',
  successions: 'successions',
  selection: 'scorecards of candidates',
  deployment: 'the deployment',
  manifest: 'manifest',
};

/** Said by figures, tables and causes, or not measured. */
const SAID: ReadonlySet<string> = new Set(['measurements', 'seal', 'tool', 'missing', 'changes', 'history']);

function differingParts(run: Result, result: Result): string[] {
  const [old, now] = [run, result].map((one) => new Map<string, unknown>(Object.entries(one)));
  const keys = [...new Set([...old!.keys(), ...now!.keys()])].filter((key) => !SAID.has(key));
  return keys.filter((key) => !isDeepStrictEqual(old!.get(key), now!.get(key))).map((key) => PARTS[key] ?? key);
}

/** Measures a run again at the tips and the day it had, and compares. HealthError bad-run, no-store. */
export function verify({ file, store, study, progress }: VerifyOptions): Verification {
  const { run, text } = readRun(file);
  const projects = standing(run, store);
  const rewritten = projects.flatMap(({ project, lost }) => lostCauses(run, project, lost, store));
  const able = projects.filter(({ state }) => state === 'same' || state === 'moved-on').map(({ project }) => project);
  const isIntact = sealOf(run) === run.seal;
  const edited = isIntact ? [] : [fileCause('edited', `${file} was changed after it was written: its seal is broken`)];
  const found: Verification = {
    run: { study: run.study.name, asOf: run.asOf, seal: run.seal, tool: run.tool.version },
    equal: false,
    figuresEqual: false,
    recomputed: able.some((project) => run.manifest.projects.some((seal) => seal.project === project)),
    projects,
    causes: [...edited, ...rewritten],
    figures: [],
    tables: [],
    parts: [],
    takenOver: [],
  };
  if (!found.recomputed) return found;
  const { result, takenOver } = measureAgain(run, able, { store, study, ...(progress && { progress }) });
  const { causes, figures, tables } = runChanges(run, result);
  if (able.length < projects.length) {
    const others = causes.filter(({ kind }) => kind !== 'project-removed');
    return { ...found, causes: [...found.causes, ...others], figures, tables, takenOver };
  }
  const again = renderJson(result);
  const equal = isIntact && again === text;
  const known = [...found.causes, ...causes];
  if (!equal && known.length === 0) {
    known.push(
      again === renderJson(run)
        ? fileCause('edited', `${file} says the same, but is laid out in another way`)
        : fileCause('store', 'the rows in this store are others than those the run was measured on, for the same refs'),
    );
  }
  const figuresEqual = figures.length === 0 && tables.length === 0;
  return {
    ...found,
    equal,
    figuresEqual,
    causes: known,
    figures,
    tables,
    parts: differingParts(run, result),
    takenOver,
  };
}

/** A run of which the candidates can't be judged again: not all of their histories are there. */
function withoutJudgement(run: Result): Pick<Result, 'asOf' | 'asOfGiven' | 'manifest' | 'deployment'> {
  const { selection: _, ...manifest } = run.manifest;
  const { asOf, asOfGiven, deployment } = run;
  return { asOf, asOfGiven, manifest, ...(deployment && { deployment }) };
}

function fileCause(kind: 'edited' | 'store', text: string): Cause {
  return { kind, project: null, query: null, text, before: null, after: null };
}

/** How the commits that the run had came to be gone, as far as the store's ledger tells. */
function lostCauses(run: Result, project: string, lost: readonly string[], store: string): Cause[] {
  const seal = sealedProjects(run).find((one) => one.project === project);
  if (lost.length === 0 || !seal) return [];
  const readable = openReadable(store);
  try {
    const events = readable.ledger(project)?.events ?? [];
    return events
      .filter(({ seenAt, ref }) => seenAt > seal.collectedAt && ref !== null && lost.includes(ref))
      .map((event) => ({
        kind: 'rewritten-history',
        project,
        query: null,
        text: `${project}: ${eventText(event)}`,
        before: event.before,
        after: event.after,
      }));
  } finally {
    readable.close();
  }
}

function standing(run: Result, store: string): VerifiedProject[] {
  const readable = openReadable(store);
  try {
    return sealedProjects(run).map((seal): VerifiedProject => {
      const { known, lost, newer } = readable.sealState(seal);
      const state = !known ? 'missing' : lost.length > 0 ? 'lost' : newer > 0 ? 'moved-on' : 'same';
      return { project: seal.project, state, newer, lost: known ? lost : [] };
    });
  } finally {
    readable.close();
  }
}

function measureAgain(
  run: Result,
  able: string[],
  { store, study, progress }: Pick<VerifyOptions, 'store' | 'study' | 'progress'>,
): { result: Result; takenOver: string[] } {
  const { name, replica, replicates } = run.study;
  const judged = run.manifest.selection;
  const canJudge = sealedProjects(run).every(({ project }) => able.includes(project));
  const whole = canJudge ? run : withoutJudgement(run);
  const seals = whole.manifest.projects.filter(({ project }) => able.includes(project));
  const again = buildResult({
    store,
    study: { ...study, name, replica, replicates, projects: [] },
    projects: able.filter((project) => run.manifest.projects.some((seal) => seal.project === project)),
    asOf: run.asOfGiven ? run.asOf : null,
    anonymize: run.manifest.anonymized,
    sealed: { ...whole, manifest: { ...whole.manifest, projects: seals } },
    ...(progress && { progress }),
  });
  const takenOver: string[] = [];
  // When and by which collects is what only the store the run was made on knows.
  const ledger = again.ledger.map((own) => {
    const then = run.ledger.find(({ project }) => project === own.project);
    const seal = run.manifest.projects.find(({ project }) => project === own.project);
    if (!then || own.collects.last === seal?.collectedAt) return own;
    takenOver.push(
      `${own.project}: when it was collected, and the ledger (this store knows of no collect at ${seal?.collectedAt} UTC)`,
    );
    return then;
  });
  if (judged && !canJudge) takenOver.push('scorecards of candidates: some of their histories are not there any more');
  if (run.deployment && !study.cluster) {
    takenOver.push("the cluster's spec, simulation and rehearsal: this study names no cluster");
  }
  if (run.changes) takenOver.push('what changed since the run before it');
  if (run.history) takenOver.push('the kept runs and alarms of the study');
  const { seal: _, ...measured } = again;
  const rest = {
    ...measured,
    ...(judged && !canJudge && { selection: run.selection, manifest: { ...measured.manifest, selection: judged } }),
  };
  return {
    result: sealed({
      ...rest,
      missing: run.missing,
      ledger,
      ...(run.changes && { changes: run.changes }),
      ...(run.history && { history: run.history }),
    }),
    takenOver,
  };
}
