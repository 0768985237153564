import { isDeepStrictEqual } from 'node:util';
import type { Cause, CauseKind, ScoreChange } from '../model/changes.js';
import type { Evidence, Scorecard } from '../model/scorecard.js';
import type { Result } from '../model/result.js';
import type { Value } from '../model/measurement.js';

function cause(kind: CauseKind, text: string, before: Value, after: Value): Cause {
  return { kind, project: null, query: null, text, before, after };
}

/** What differs in the models, the catalogue, the questions and the answers that two results judge by. */
export function selectionCauses(before: Result, after: Result): Cause[] {
  const [was, is] = [before.manifest.selection, after.manifest.selection];
  if (!was || !is) {
    if (was === is) return [];
    return [cause('catalogue', `candidates are judged in the ${is ? 'second' : 'first'} run only`, null, null)];
  }
  const causes = modelCauses(before, after);
  if (was.catalogue !== is.catalogue) {
    causes.push(cause('catalogue', 'the catalogue of candidates is another one', was.catalogue, is.catalogue));
  }
  const answers = answerCauses(before, after);
  causes.push(...answers);
  if (was.questions !== is.questions) {
    causes.push(cause('answers', 'the questions that can be answered are others', was.questions, is.questions));
  }
  if (was.selection !== is.selection && answers.length === 0) {
    const text = 'the selection file changed: needs, means, weights or answers to other candidates';
    causes.push(cause('answers', text, was.selection, is.selection));
  }
  return causes;
}

function modelCauses(before: Result, after: Result): Cause[] {
  const [was, is] = [before.manifest.selection?.models ?? {}, after.manifest.selection?.models ?? {}];
  const titles = new Map(
    [before, after].flatMap(({ selection }) => (selection?.models ?? []).map(({ id, title }) => [id, title])),
  );
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].sort().flatMap((id) => {
    const [old, now] = [was[id] ?? null, is[id] ?? null];
    if (old === now) return [];
    const what =
      old === null ? 'is new in the second run' : now === null ? 'is in the first run only' : 'is another one';
    return [cause('selection-model', `the model ${titles.get(id) ?? id} (${id}) ${what}`, old, now)];
  });
}

/** Answers by candidate and question, each once. */
function answers({ selection }: Result): Map<string, { name: string; question: string; one: Evidence }> {
  const found = new Map<string, { name: string; question: string; one: Evidence }>();
  for (const { candidate, name, evidence } of (selection?.scorecards ?? []).flatMap(({ candidates }) => candidates)) {
    for (const one of evidence) {
      if (one.origin.kind !== 'answer') continue;
      const { question } = one.origin;
      found.set(JSON.stringify([candidate, question]), { name, question, one });
    }
  }
  return found;
}

function answerCauses(before: Result, after: Result): Cause[] {
  const old = answers(before);
  return [...answers(after)].flatMap(([key, { name, question, one: is }]) => {
    const was = old.get(key)?.one;
    if (!was || (was.value === is.value && was.state === is.state)) return [];
    const ranOut = is.state === 'expired' && was.state === 'known';
    const text = ranOut
      ? `the answer to ${question} for ${name} ran out`
      : `the answer to ${question} for ${name} is another one: ${was.value ?? 'none'} → ${is.value ?? 'none'}`;
    return [cause('answers', text, was.value, is.value)];
  });
}

function cardKey({ layer, model, variant }: Scorecard): string {
  return JSON.stringify([layer, model, variant]);
}

/** Scores and places that are not what they were, of candidates that both results rank, in the later one's order. */
export function scoreChanges(before: Result, after: Result): ScoreChange[] {
  const old = new Map((before.selection?.scorecards ?? []).map((card) => [cardKey(card), card]));
  return (after.selection?.scorecards ?? []).flatMap((card) => {
    const { layer, model, variant } = card;
    const title = after.selection?.models.find(({ id }) => id === model)?.title ?? model;
    return card.candidates.flatMap(({ candidate, name, total, rank }): ScoreChange[] => {
      const was = old.get(cardKey(card))?.candidates.find((one) => one.candidate === candidate);
      if (!was || (isDeepStrictEqual(was.total, total) && isDeepStrictEqual(was.rank, rank))) return [];
      return [
        {
          layer,
          model,
          title,
          variant,
          candidate,
          name,
          before: { total: was.total, rank: was.rank },
          after: { total, rank },
        },
      ];
    });
  });
}
