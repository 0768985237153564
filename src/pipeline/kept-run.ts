import { dirname, join, relative } from 'node:path';
import type { KeptRun } from '../model/evaluation.js';
import type { Result } from '../model/result.js';
import { headlineFigures } from '../schedule/run-figures.js';

/** Folder of runs, from the store's. */
const FOLDER = 'runs';

/** What is kept of a run in the store: the figures that a history is drawn from, and where the rest is. */
export function keptRun(result: Result, before: KeptRun | null, endedAt: string): KeptRun {
  const { asOf: day, seal } = result;
  return {
    study: result.study.name,
    day,
    asOfGiven: result.asOfGiven,
    endedAt,
    seal,
    file: `${FOLDER}/${day}-${seal.slice(0, 16)}.json`,
    figures: [...headlineFigures(result).values()].map(({ info, measurement, value }) => ({
      query: info.id,
      project: measurement.scope.project,
      value,
    })),
    scores: scoresOf(result),
    events: result.ledger.flatMap(({ project, events }) =>
      events.filter(({ seenAt }) => before !== null && seenAt > before.endedAt).map((event) => ({ ...event, project })),
    ),
  };
}

/** The loose scorecards' totals as percent of their model's range; who is out for sure has none. */
function scoresOf({ selection }: Result): KeptRun['scores'] {
  return (selection?.scorecards ?? []).flatMap(({ model, layer, variant, chosen, candidates }) => {
    const range = selection?.models.find(({ id }) => id === model)?.range;
    if (variant !== 'loose' || !range) return [];
    const [low, high] = range;
    return candidates
      .filter(({ rank }) => rank !== null)
      .map(({ candidate, project, total }) => ({
        layer,
        model,
        candidate,
        project,
        percent: Math.round((1000 * ((total.low + total.high) / 2 - low)) / (high - low)) / 10,
        chosen: candidate === chosen,
      }));
  });
}

/** A kept run's file as the working folder sees it. */
export function runPath(store: string, { file }: Pick<KeptRun, 'file'>): string {
  return relative('', join(dirname(store), file));
}
