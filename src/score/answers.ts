import type { Answer } from '../model/selection.js';

/**
 * The answer to believe on a day: the latest that was given by then and hasn't expired. `expired`: there is none, and this is
 * the latest of those that were once believed. What was found out later says nothing about the day.
 */
export function believed(
  answers: readonly Answer[],
  candidate: string,
  question: string,
  asOf: string,
): { answer: Answer | null; expired: Answer | null } {
  const given = answers
    .filter((one) => one.candidate === candidate && one.question === question && one.date <= asOf)
    .sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const answer = given.findLast(({ expires }) => expires === null || expires >= asOf) ?? null;
  return { answer, expired: answer === null ? (given.at(-1) ?? null) : null };
}
