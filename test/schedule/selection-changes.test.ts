import { describe, expect, it } from 'vitest';
import type { Judgement, JudgementSeal } from '../../src/model/judgement.js';
import type { Result } from '../../src/model/result.js';
import { changesMarkdown } from '../../src/report/changes-markdown.js';
import { changesText } from '../../src/report/changes-text.js';
import { runChanges } from '../../src/schedule/run-changes.js';
import { sampleResult } from '../report/fixture.js';
import { sampleJudgement } from '../report/judgement-fixture.js';

function seal(extra: Partial<JudgementSeal> = {}): JudgementSeal {
  const models = { ripe: 'a1'.repeat(32), four: 'a2'.repeat(32) };
  const rest = { questions: 'b1'.repeat(32), selection: 'c1'.repeat(32), queries: {}, projects: [] };
  return { catalogue: 'd1'.repeat(32), models, ...rest, ...extra };
}

function run(extra: Partial<JudgementSeal> = {}, selection: Judgement = sampleJudgement()): Result {
  const result = sampleResult({ selection });
  const queries = Object.fromEntries(result.queries.map(({ id, sha256 }) => [id, sha256]));
  return { ...result, manifest: { ...result.manifest, queries, selection: seal(extra) } };
}

function causes(before: Result, after: Result): string[] {
  return runChanges(before, after).causes.map(({ kind, text }) => `${kind}: ${text}`);
}

describe('why candidates are judged otherwise', () => {
  it('is nothing where nothing is another', () => {
    expect(runChanges(run(), run())).toMatchObject({ causes: [], scores: [] });
    expect(runChanges(sampleResult(), sampleResult())).not.toHaveProperty('scores');
  });

  it('is a model, new, changed or gone', () => {
    const models = { ripe: 'a9'.repeat(32), two: 'a3'.repeat(32) };
    expect(causes(run(), run({ models }))).toEqual([
      'selection-model: the model Four ways (four) is in the first run only',
      'selection-model: the model Ripeness (ripe) is another one',
      'selection-model: the model Two ways (two) is new in the second run',
    ]);
  });

  it('is the catalogue, the questions, the file, or that nothing was judged before', () => {
    expect(causes(run(), run({ catalogue: 'd9'.repeat(32), questions: 'b9'.repeat(32) }))).toEqual([
      'catalogue: the catalogue of candidates is another one',
      'answers: the questions that can be answered are others',
    ]);
    expect(causes(run(), run({ selection: null }))).toEqual([
      'answers: the selection file changed: needs, means, weights or answers to other candidates',
    ]);
    expect(causes(sampleResult(), run())).toContain('catalogue: candidates are judged in the second run only');
  });

  it('is an answer: another one, or one that ran out', () => {
    const selection = sampleJudgement();
    const [first] = selection.scorecards;
    first!.candidates = structuredClone(first!.candidates);
    const answer = (id: string) => first!.candidates.find(({ candidate }) => candidate === id)!.evidence[2]!;
    selection.scorecards = [first!];
    const before = run({}, structuredClone(selection));
    answer('heron').value = 0;
    answer('stork').state = 'expired';
    expect(causes(before, run({ selection: 'c9'.repeat(32) }, selection))).toEqual([
      'answers: the answer to docs for Heron is another one: 10 → 0',
      'answers: the answer to docs for Stork ran out',
    ]);
  });

  it('is told with the scores and places that changed', () => {
    const selection = sampleJudgement();
    selection.scorecards = structuredClone(selection.scorecards);
    const heron = selection.scorecards[0]!.candidates[0]!;
    heron.total = { low: 0.5, high: 1 };
    heron.rank = null;
    const changes = runChanges(run(), run({}, selection));
    const line = 'nest, Ripeness (loose): Heron: place 1–2 at 1.17 → out at 0.5–1';
    expect(changes.scores).toHaveLength(1);
    expect(changesText(changes)).toContain(`Candidates judged otherwise:\n  ${line}`);
    expect(changesMarkdown(changes)).toContain(`- ${line}`);
  });

  it('moves no figure of a project', () => {
    const changes = runChanges(run(), run({ catalogue: 'd9'.repeat(32) }));
    expect(changes.figures).toEqual([]);
  });
});
