import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadPublished } from '../config/study.js';
import { writeWhole } from '../files/whole-file.js';
import type { Catalogue } from '../metrics/catalogue.js';
import { buildChart } from '../metrics/chart.js';
import { replicate } from '../metrics/replication.js';
import { measure, queryColumns } from '../metrics/run.js';
import { FAULT_TEXTS } from '../model/fault.js';
import type { Succession } from '../model/ledger.js';
import { HealthError } from '../model/error.js';
import type { Measurement, QueryInfo } from '../model/measurement.js';
import type { Progress } from '../model/progress.js';
import type { Study } from '../model/project.js';
import type { Chart, ProjectFacts, Result } from '../model/result.js';
import { renderCsv } from '../report/csv.js';
import { renderHtml } from '../report/render-html.js';
import { renderJson, sealed } from '../report/json.js';
import { renderMarkdown } from '../report/markdown.js';
import { renderSvg } from '../report/svg.js';
import { openReadable, type Readable } from '../store/readable.js';
import { pageScript } from './assets.js';
import { loadCatalogue } from './catalogue.js';
import { reportScope } from './counting.js';
import { diffRuns, type DiffMeans } from './diff.js';
import { identitiesOf } from './identities.js';
import { judgedPart } from './judged-part.js';
import { measureHeadlines } from './headlines.js';
import { manifestOf, sealedProjects, sealsOf } from './manifest.js';
import { readRun } from './run-file.js';
import { withAsOf } from './query.js';
import { chooseProjects, newestDay } from './scope.js';
import { toolVersion } from './version.js';

export interface MeasureOptions {
  store: string;
  study: Study;
  /** Empty: all of the study. */
  projects: string[];
  /** YYYY-MM-DD; null: the day of the newest collect, and no commit left out. */
  asOf: string | null;
  /** Pseudonyms in place of names and addresses. */
  anonymize?: boolean;
  /** A run to measure again: its day and the tips it had, whatever was collected since. */
  sealed?: Pick<Result, 'asOf' | 'asOfGiven' | 'manifest' | 'selection'>;
  progress?: Progress;
}

/** Measures everything a report shows. Reads the store only. */
export function buildResult(options: MeasureOptions): Result {
  const catalogue = loadCatalogue();
  const published = options.study.replicates === null ? null : loadPublished(options.study.replicates);
  const identities = identitiesOf(options.study);
  const readable = openReadable(options.store, {
    identities: identities?.rules,
    anonymize: options.anonymize,
    seals: sealedProjects(options.sealed),
  });
  try {
    const { facts, missing } = chooseProjects(readable, options.study, options.projects, options.store);
    const day = options.asOf ?? options.sealed?.asOf ?? newestDay(facts);
    const names = facts.map(({ name }) => name);
    const seals = sealsOf(readable, names, options.sealed?.manifest.projects ?? []);
    // The published study's own queries name its months: they say nothing about another stack.
    // What the rules of an evaluate work on are rows in plenty, and no figures.
    const queries = catalogue.queries.filter(
      ({ id }) => !id.startsWith('watch/') && (published !== null || !id.startsWith('thesis/')),
    );
    const covered = new Set(queries.map(({ standsFor }) => standsFor));
    const charts = queries.filter(({ id }) => !covered.has(id)).flatMap((info) => chartOf(readable, catalogue, info));
    // A project at a time, which a store is quick at; told a query at a time.
    const measured = names.map((project) =>
      queries.map((info): Measurement => {
        options.progress?.({ project, stage: 'measure', text: info.id });
        const scope = reportScope(project, info, { rules: identities?.rules, asOf: options.asOf });
        return measure(readable, catalogue, info, scope, withAsOf({}, info.sql, day));
      }),
    );
    const judged = judgedPart(readable, catalogue, options, { queries, names, day });
    const { name, replica, replicates } = options.study;
    const result = {
      format: 1,
      tool: { name: 'stack-health', version: toolVersion() },
      study: { name, replica, replicates },
      asOf: day,
      asOfGiven: options.asOf !== null,
      projects: facts,
      faults: FAULT_TEXTS,
      missing,
      queries,
      measurements: queries.flatMap((_, i) => measured.map((ofProject) => ofProject[i]!)),
      charts,
      ...measureHeadlines(readable, catalogue, queries, {
        projects: names,
        rules: identities?.rules,
        asOf: options.asOf,
        day,
        progress: options.progress,
      }),
      replication: published ? replicate(readable, catalogue, published, names, options.asOf) : [],
      ledger: names.flatMap((project) => readable.ledger(project) ?? []),
      successions: successionsOf(readable, facts, options.asOf),
      ...(judged && { selection: judged.judgement }),
      manifest: {
        ...manifestOf(readable, seals, {
          identities: identities?.sha256 ?? null,
          published,
          queries,
          anonymized: options.anonymize ?? false,
        }),
        ...(judged && { selection: judged.seal }),
      },
    } as const;
    const others = judged?.seal.projects ?? [];
    const all = [...names, ...others.map(({ project }) => project)];
    if (!isDeepStrictEqual(sealsOf(readable, all, sealedProjects(options.sealed)), [...seals, ...others])) {
      throw new HealthError('store-busy', `${options.store}: was written to while it was measured`, {
        hint: 'Run it again once the collect is done.',
      });
    }
    return sealed(result);
  } finally {
    readable.close();
  }
}

/** The result with what changed since an earlier run, where the JSON of one is named. HealthError bad-run. */
export function since(file: string | undefined, result: Result, means: DiffMeans): Result {
  if (file === undefined) return result;
  const { changes } = diffRuns(readRun(file).run, result, means);
  const { seal: _, ...rest } = result;
  return sealed({ ...rest, changes });
}

/** Projects that carry on where another one of the result ends. */
function successionsOf(readable: Readable, facts: readonly ProjectFacts[], asOf: string | null): Succession[] {
  return facts.flatMap(({ name, succeededBy }) =>
    facts.some((other) => other.name === succeededBy) && succeededBy !== null
      ? [readable.succession(name, succeededBy, asOf)]
      : [],
  );
}

/** The query's chart, held against its columns before anything is measured; none when it has no chart. */
function chartOf(readable: Readable, catalogue: Catalogue, info: QueryInfo): Chart[] {
  const entry = catalogue.specs.get(info.id);
  return entry ? [buildChart(info, entry, queryColumns(readable, catalogue, info))] : [];
}

/** Paths to write: html, md and json name files, csv and svg folders. */
export interface ReportForms {
  html?: string;
  md?: string;
  json?: string;
  csv?: string;
  svg?: string;
}

export const resultJson = renderJson;

/** Writes the forms asked for, each file whole or not at all, and returns the paths. */
export async function writeReport(result: Result, forms: ReportForms): Promise<string[]> {
  const files = new Map<string, string>();
  if (forms.html !== undefined) files.set(forms.html, await renderHtml(result, { script: pageScript() }));
  if (forms.md !== undefined) files.set(forms.md, renderMarkdown(result));
  if (forms.json !== undefined) files.set(forms.json, renderJson(result));
  if (forms.csv !== undefined) for (const [name, text] of renderCsv(result)) files.set(join(forms.csv, name), text);
  if (forms.svg !== undefined)
    for (const [name, text] of await renderSvg(result)) files.set(join(forms.svg, name), text);
  for (const [file, text] of files) writeWhole(file, text);
  return [...files.keys()];
}
