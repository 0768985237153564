import type { Firing } from '../../model/alarm.js';
import type { KeptRun } from '../../model/evaluation.js';
import type { Check } from '../signals.js';

type Score = KeptRun['scores'][number];

function same(a: Score, b: Score): boolean {
  return a.layer === b.layer && a.model === b.model && a.candidate === b.candidate;
}

/** A chosen component's score was above a threshold and no longer is. */
export const scoreBelow: Check<'score-below'> = ({ id, kind, params }, { project }, _, standing) => {
  if (!standing) return [];
  const { scores, scoresBefore, open } = standing;
  return scores.flatMap((score): Firing[] => {
    if (!score.chosen || score.project !== project) return [];
    if (params.model !== null && score.model !== params.model) return [];
    const subject = `${score.layer} ${score.model}`;
    const before = scoresBefore?.find((one) => same(one, score));
    const crossed = before !== undefined && before.percent >= params.percent;
    if (score.percent >= params.percent || !(crossed || open.has(`${id} ${subject}`))) return [];
    return [
      {
        rule: id,
        kind,
        project,
        subject,
        text: `the score of ${score.candidate} in ${score.layer} by ${score.model} is ${score.percent} %, below ${params.percent} %${crossed ? `; it was ${before.percent} %` : ''}`,
        evidence: {
          query: null,
          sha256: null,
          window: 'this run against the one before',
          figures: [
            { name: 'score', value: score.percent, unit: 'percent of the range' },
            { name: 'before', value: before?.percent ?? null, unit: 'percent of the range' },
            { name: 'threshold', value: params.percent, unit: 'percent of the range' },
          ],
        },
      },
    ];
  });
};

/**
 * A rival that did not lead the chosen component leads it now. One whose history was not collected leads nobody: its score
 * is the middle of what is unknown.
 */
export const rivalAhead: Check<'rival-ahead'> = ({ id, kind, params }, { project }, _, standing) => {
  if (!standing) return [];
  const { scores, scoresBefore, open } = standing;
  return scores.flatMap((rival): Firing[] => {
    if (rival.chosen || rival.project === null || (params.model !== null && rival.model !== params.model)) return [];
    const isChosen = (one: Score): boolean => one.chosen && one.layer === rival.layer && one.model === rival.model;
    const chosen = scores.find(isChosen);
    if (!chosen || chosen.project !== project || rival.percent - chosen.percent < params.margin) return [];
    const subject = `${rival.layer} ${rival.model} ${rival.candidate}`;
    const then = scoresBefore?.find(isChosen);
    const rivalThen = scoresBefore?.find((one) => same(one, rival));
    const lead = then && rivalThen ? rivalThen.percent - then.percent : null;
    const overtook = then?.candidate === chosen.candidate && lead !== null && lead < params.margin;
    if (!overtook && !open.has(`${id} ${subject}`)) return [];
    return [
      {
        rule: id,
        kind,
        project,
        subject,
        text: `${rival.candidate} leads ${chosen.candidate} in ${rival.layer} by ${rival.model}: ${rival.percent} % to ${chosen.percent} %`,
        evidence: {
          query: null,
          sha256: null,
          window: 'this run against the one before',
          figures: [
            { name: chosen.candidate, value: chosen.percent, unit: 'percent of the range' },
            { name: rival.candidate, value: rival.percent, unit: 'percent of the range' },
            {
              name: 'lead before',
              value: lead === null ? null : Math.round(lead * 10) / 10,
              unit: 'percent of the range',
            },
          ],
        },
      },
    ];
  });
};
