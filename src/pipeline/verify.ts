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

/** Parts of a result that are no figures, as messages call them. */
const PARTS: [key: keyof Result, name: string][] = [
  ['projects', 'facts about the projects'],
  ['queries', 'what the queries say'],
  ['charts', 'charts'],
  ['sensitivity', 'ranges of headline figures'],
  ['past', 'figures of a year before'],
  ['people', 'people'],
  ['replication', 'replication of published figures'],
  ['ledger', 'ledger of the histories'],
  ['successions', 'successions'],
  ['manifest', 'manifest'],
];

/** Measures a run again at the tips and the day it had, and compares. HealthError bad-run, no-store. */
export function verify({ file, store, study, progress }: VerifyOptions): Verification {
  const { run, text } = readRun(file);
  const projects = standing(run, store);
  const rewritten = projects.flatMap(({ project, lost }) => lostCauses(run, project, lost, store));
  const able = projects.filter(({ state }) => state === 'same' || state === 'moved-on').map(({ project }) => project);
  const isIntact = sealOf(run) === run.seal;
  const base = {
    run: { study: run.study.name, asOf: run.asOf, seal: run.seal, tool: run.tool.version },
    projects,
  };
  const edited: Cause[] = isIntact
    ? []
    : [
        {
          kind: 'edited',
          project: null,
          query: null,
          text: `${file} was changed after it was written: its seal is broken`,
          before: null,
          after: null,
        },
      ];
  if (able.length === 0) {
    return {
      ...base,
      equal: false,
      figuresEqual: false,
      recomputed: false,
      causes: [...edited, ...rewritten],
      figures: [],
      tables: [],
      parts: [],
      takenOver: [],
    };
  }
  const { result, takenOver } = measureAgain(run, able, { store, study, ...(progress && { progress }) });
  const changes = runChanges(run, result);
  const isWhole = able.length === projects.length;
  const equal = isWhole && isIntact && renderJson(result) === text;
  const parts = PARTS.filter(([key]) => isWhole && !isDeepStrictEqual(run[key], result[key])).map(([, name]) => name);
  const isSame = equal || (isIntact && isWhole && renderJson(run) === renderJson(result));
  const layout: Cause[] =
    isSame && !equal
      ? [
          {
            kind: 'edited',
            project: null,
            query: null,
            text: `${file} says the same, but is laid out in another way`,
            before: null,
            after: null,
          },
        ]
      : [];
  const known = [
    ...edited,
    ...layout,
    ...rewritten,
    ...changes.causes.filter(({ kind }) => isWhole || kind !== 'project-removed'),
  ];
  const figuresEqual = isWhole && changes.figures.length === 0 && changes.tables.length === 0;
  const unexplained = !equal && isWhole && known.length === 0;
  return {
    ...base,
    equal,
    figuresEqual,
    recomputed: true,
    causes: unexplained ? [otherRows()] : known,
    figures: changes.figures,
    tables: changes.tables,
    parts,
    takenOver,
  };
}

/** How the commits that the run had came to be gone, as far as the store's ledger tells. */
function lostCauses(run: Result, project: string, lost: readonly string[], store: string): Cause[] {
  const seal = run.manifest.projects.find((one) => one.project === project);
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

function otherRows(): Cause {
  const text = 'the rows in this store are others than those the run was measured on, for the same refs';
  return { kind: 'store', project: null, query: null, text, before: null, after: null };
}

function standing(run: Result, store: string): VerifiedProject[] {
  const readable = openReadable(store);
  try {
    return run.manifest.projects.map((seal): VerifiedProject => {
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
  projects: string[],
  { store, study, progress }: Pick<VerifyOptions, 'store' | 'study' | 'progress'>,
): { result: Result; takenOver: string[] } {
  const { name, replica, replicates } = run.study;
  const again = buildResult({
    store,
    study: { ...study, name, replica, replicates, projects: [] },
    projects,
    asOf: run.asOfGiven ? run.asOf : null,
    anonymize: run.manifest.anonymized,
    sealed: run,
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
  if (run.changes) takenOver.push('what changed since the run before it');
  const { seal: _, ...rest } = again;
  return {
    result: sealed({ ...rest, missing: run.missing, ledger, ...(run.changes && { changes: run.changes }) }),
    takenOver,
  };
}
