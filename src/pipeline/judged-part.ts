import type { Catalogue } from '../metrics/catalogue.js';
import type { Judgement, JudgementSeal } from '../model/judgement.js';
import type { QueryInfo } from '../model/measurement.js';
import type { Study } from '../model/project.js';
import type { Readable } from '../store/readable.js';
import { judge } from './judge.js';
import { judgementBasis, judgementSeal } from './judgement-basis.js';
import { sealedProjects, sealsOf } from './manifest.js';
import type { MeasureOptions } from './report.js';

/** The stack that a run was made with, as a study has it. */
function stackOf({ stack }: Judgement): NonNullable<Study['stack']> {
  return Object.fromEntries(
    stack.map(({ layer, component, candidate, version }) => [layer, { component: candidate ?? component, version }]),
  );
}

/**
 * The candidates of the study's layers judged, for a report; null where there are none, or where a run that is measured
 * again had none. Projects of the store that stand for candidates are measured, in the report or not.
 */
export function judgedPart(
  readable: Readable,
  catalogue: Catalogue,
  options: MeasureOptions,
  { queries, names, day }: { queries: readonly QueryInfo[]; names: readonly string[]; day: string },
): { judgement: Judgement; seal: JudgementSeal } | null {
  const { sealed, asOf, progress } = options;
  const run = sealed?.selection;
  if (sealed && !run) return null;
  const known = new Set(sealedProjects(sealed).map(({ project }) => project));
  const facts = readable.projects().filter(({ name }) => !sealed || known.has(name));
  const study = run ? { ...options.study, stack: stackOf(run) } : options.study;
  const basis = judgementBasis(study, catalogue, { model: null, cwd: process.cwd() });
  const layers = run ? run.layers.map(({ id }) => id) : null;
  const only = !sealed && options.projects.length > 0 ? names : undefined;
  const all = judge(readable, catalogue, basis, { study, facts, asOf, day, layers, only, progress });
  if (all === null) return null;
  const measured = new Set(queries.map(({ id }) => id));
  const judgement = { ...all, queries: all.queries.filter(({ id }) => !measured.has(id)) };
  const standing = judgement.scorecards.flatMap(({ candidates }) => candidates.flatMap(({ project }) => project ?? []));
  const others = [...new Set(standing)].filter((name) => !names.includes(name)).sort();
  const seals = sealsOf(readable, others, sealed?.manifest.selection?.projects ?? []);
  return { judgement, seal: judgementSeal(basis, judgement, seals) };
}
