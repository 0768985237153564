import type { Result } from '../model/result.js';
import { answersOf, type Answer } from './answers.js';
import { headlinesOf, type Headline } from './headlines.js';
import { anchorsOf, type Anchors } from './identity.js';
import { summarize, type ProjectSummary } from './summary.js';

/** A result with what several parts of a report say about it; lists are in the order of the result's projects. */
export interface Sheet {
  result: Result;
  anchors: Anchors;
  summaries: ProjectSummary[];
  headlines: Headline[][];
  answers: Answer[][];
}

export function sheetOf(result: Result): Sheet {
  const summaries = result.projects.map((project) => summarize(result, project));
  const byProject = headlinesOf(result);
  const headlines = result.projects.map(({ name }) => byProject.get(name) ?? []);
  return {
    result,
    anchors: anchorsOf(result),
    summaries,
    headlines,
    answers: summaries.map((summary, i) => answersOf(result, summary, headlines[i] ?? [])),
  };
}
