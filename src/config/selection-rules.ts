import type { CandidateCatalogue } from '../model/candidate.js';
import type { Question } from '../model/selection-model.js';
import type { Complaints } from './candidate-rules.js';
import { candidateNames, findCandidate } from './catalogue.js';
import type { SelectionText } from './selection-schema.js';
import { instead } from './unknown-word.js';

/** Platforms that candidates are said to run on; there is no other list of them. */
function knownPlatforms(catalogue: CandidateCatalogue): string[] {
  return [...new Set(catalogue.candidates.flatMap(({ platforms }) => platforms.value ?? []))].sort();
}

function answerProblem(answer: string | number, { choices, unit }: Question): string | null {
  if (choices.length === 0) {
    if (typeof answer !== 'number') return `must be a number${unit === null ? '' : ` (${unit})`}`;
    return answer < 0 ? 'must be 0 or more' : null;
  }
  const words = choices.map(({ word }) => word);
  return words.includes(String(answer)) ? null : `'${answer}' is no answer to this; ${instead(String(answer), words)}`;
}

/** What selection.yaml says of things that aren't there, or can't be so. `catalogue`: with the user's own candidates. */
export function selectionProblems(
  complaints: Complaints,
  text: SelectionText,
  { catalogue, questions }: { catalogue: CandidateCatalogue; questions: readonly Question[] },
): void {
  const layers = catalogue.layers.map(({ id }) => id);
  const capabilities = catalogue.capabilities.map(({ id }) => id);
  for (const [layer, need] of Object.entries(text.need ?? {})) {
    complaints.expect(['need'], 'layer', layer, layers, layer);
    need.capabilities?.forEach((id, i) =>
      complaints.expect(['need', layer, 'capabilities', i], 'capability', id, capabilities),
    );
  }
  const platforms = knownPlatforms(catalogue);
  text.state?.platforms?.forEach((id, i) => complaints.expect(['state', 'platforms', i], 'platform', id, platforms));

  const asked = new Map(questions.map((question) => [question.id, question]));
  const given = new Map<string, number>();
  text.answers?.forEach(({ candidate, question, answer, date, expires }, i) => {
    const at = ['answers', i];
    const found = findCandidate(catalogue, candidate);
    complaints.expect([...at, 'candidate'], 'candidate', candidate, candidateNames(catalogue));
    complaints.expect([...at, 'question'], 'question', question, [...asked.keys()]);
    const known = asked.get(question);
    const problem = known === undefined ? null : answerProblem(answer, known);
    if (problem !== null) complaints.say([...at, 'answer'], problem);
    if (expires !== undefined && expires !== 'never' && expires < date) {
      complaints.say([...at, 'expires'], `is before the day of the answer, ${date}`);
    }
    // Another day's answer is no duplicate: the latest is believed.
    const key = JSON.stringify([found?.id ?? candidate, question, date]);
    const first = given.get(key);
    if (first === undefined) given.set(key, i);
    else complaints.say([...at, 'question'], `is answered for '${candidate}' on that day by answers[${first}] already`);
  });
}
