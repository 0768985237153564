import type { Judgement } from '../model/judgement.js';
import type { Value } from '../model/measurement.js';
import type { EvidenceOrigin, Interval } from '../model/scorecard.js';

export interface Sheet {
  /** File name without its end. */
  name: string;
  columns: string[];
  rows: Value[][];
}

const KEYS = ['layer', 'model', 'variant', 'as_of'];

function scores({ scorecards }: Judgement): Sheet {
  const columns = ['low', 'high', 'best_place', 'worst_place', 'wins', 'wins_surely', 'wins_possibly'];
  const rows = scorecards.flatMap(({ layer, model, variant, asOf, chosen, candidates }) =>
    candidates.map((one): Value[] => [
      layer,
      model,
      variant,
      asOf,
      one.candidate,
      one.name,
      one.project,
      one.candidate === chosen ? 'yes' : 'no',
      one.total.low,
      one.total.high,
      one.rank?.best ?? null,
      one.rank?.worst ?? null,
      one.wins,
      one.winsSurely,
      one.winsPossibly,
    ]),
  );
  return { name: 'selection-scores', columns: [...KEYS, 'candidate', 'name', 'project', 'in_use', ...columns], rows };
}

function origin(of: EvidenceOrigin): Value[] {
  if (of.kind === 'metric') return [of.kind, `${of.query}: ${of.column}`, of.project, of.asOf];
  if (of.kind === 'answer') return [of.kind, of.question, of.source, of.date];
  const { title = null, url = null, date = null } = of.sources[0] ?? {};
  return [of.kind, of.field, url ?? title, date];
}

function evidence({ scorecards }: Judgement): Sheet {
  const columns = ['candidate', 'criterion', 'state', 'value', 'low', 'high', 'kind', 'rests_on', 'source', 'date'];
  const rows = scorecards.flatMap(({ layer, model, variant, asOf, candidates }) =>
    candidates.flatMap(({ candidate, evidence: all }) =>
      all.map((one): Value[] => [
        layer,
        model,
        variant,
        asOf,
        candidate,
        one.criterion,
        one.state,
        one.value,
        one.score.low,
        one.score.high,
        ...origin(one.origin),
      ]),
    ),
  );
  return { name: 'selection-evidence', columns: [...KEYS, ...columns], rows };
}

function ends(of: Interval | null): Value[] {
  return [of?.low ?? null, of?.high ?? null];
}

function lazyUser({ lazyUser: cards }: Judgement): Sheet {
  const efforts = ['hours', 'energy', 'money'].flatMap((name) => [`${name}_low`, `${name}_high`]);
  const rows = cards.flatMap(({ layer, asOf, candidates }) =>
    candidates.map((one): Value[] => [
      layer,
      asOf,
      one.candidate,
      one.name,
      one.standing,
      ...[one.has, one.lacks, one.unknown].map((ids) => ids.join(' ')),
      one.limits.map(({ text, sure }) => `${text}${sure ? '' : ' (not known)'}`).join('; '),
      ...[one.effort.time, one.effort.energy, one.effort.money].flatMap(ends),
    ]),
  );
  const columns = ['layer', 'as_of', 'candidate', 'name', 'standing', 'has', 'lacks', 'unknown', 'limits', ...efforts];
  return { name: 'selection-lazy-user', columns, rows };
}

function side(name: string): string[] {
  return ['as_of', 'best_place', 'worst_place', 'winner', 'wins'].map((of) => `${name}_${of}`);
}

function checks({ checks: all }: Judgement): Sheet {
  const rows = all.map((one): Value[] => [
    one.layer,
    one.model,
    one.chosen,
    one.verdict,
    ...[one.before, one.now].flatMap((of): Value[] => [
      of.asOf,
      of.rank?.best ?? null,
      of.rank?.worst ?? null,
      of.winner,
      of.wins,
    ]),
    one.why.join(' '),
  ]);
  const columns = ['layer', 'model', 'chosen', 'verdict', ...side('before'), ...side('now'), 'why'];
  return { name: 'selection-choice', columns, rows };
}

/** The tables of a judgement; those without rows are left out. */
export function selectionSheets(judgement: Judgement): Sheet[] {
  return [scores, evidence, lazyUser, checks].map((make) => make(judgement)).filter(({ rows }) => rows.length > 0);
}
