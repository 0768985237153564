import { studyRules } from '../config/watch-rules.js';
import { writeWhole } from '../files/whole-file.js';
import { HealthError } from '../model/error.js';
import type { Evaluation } from '../model/evaluation.js';
import type { Study } from '../model/project.js';
import { evaluationAtom } from '../report/evaluation-atom.js';
import { evaluationBadge } from '../report/evaluation-badge.js';
import { evaluationJunit } from '../report/evaluation-junit.js';
import { evaluationMarkdown } from '../report/evaluation-markdown.js';
import { sendWebhook, type WebhookTarget } from './webhook.js';

/** Who is to hear of a run, besides the terminal: files, and a webhook. */
export interface Audience {
  summary?: string | undefined;
  junit?: string | undefined;
  atom?: string | undefined;
  badge?: string | undefined;
  webhook?: WebhookTarget | undefined;
}

/** What was judged: the study, and names of its projects. */
interface Judged {
  study: Study;
  projects: readonly string[];
}

/** Somebody who could not be told. */
export interface TellingFailure {
  message: string;
  hint: string | null;
}

/** Tells everybody of a run, the others too where one can't be told. Returns who was not. HealthError interrupted. */
export async function tell(
  evaluation: Evaluation,
  { study, projects }: Judged,
  { webhook, ...files }: Audience,
  signal: AbortSignal,
): Promise<TellingFailure[]> {
  const texts: Record<keyof typeof files, () => string> = {
    summary: () => evaluationMarkdown(evaluation),
    junit: () => evaluationJunit(evaluation, studyRules(study.rules), projects),
    atom: () => evaluationAtom(evaluation),
    badge: () => evaluationBadge(evaluation),
  };
  const failures: TellingFailure[] = [];
  for (const [kind, text] of Object.entries(texts) as [keyof typeof files, () => string][]) {
    const file = files[kind];
    if (file === undefined) continue;
    try {
      writeWhole(file, text());
    } catch (error) {
      if (!(error instanceof HealthError)) throw error;
      failures.push({ message: error.message, hint: error.hint ?? null });
    }
  }
  if (webhook !== undefined) {
    const { delivered, attempts, reason } = await sendWebhook(webhook, evaluation, { signal });
    const tried = attempts === 1 ? 'once' : `${attempts} times`;
    if (!delivered) {
      failures.push({
        message: `the webhook was not told, tried ${tried}: ${reason}`,
        hint: 'The run is kept, and the next evaluate tells the same alarms again.',
      });
    }
  }
  return failures;
}
