import type { Command } from 'commander';
import type { Audience } from '../pipeline/tell.js';

export interface AudienceFlags {
  summary?: string;
  junit?: string;
  atom?: string;
  badge?: string;
  webhook?: string;
}

/** Options that say who is to hear of a run. */
export function audienceOptions(command: Command): Command {
  return command
    .option('--summary <file>', 'write it as Markdown, fit for an issue or the summary of a CI job')
    .option('--junit <file>', 'write it as JUnit XML: a case a rule and project')
    .option('--atom <file>', 'write alarms as an Atom feed')
    .option('--badge <file>', 'write a badge, SVG')
    .option('--webhook <url>', 'POST it as JSON to an https address, signed with HEALTH_WEBHOOK_SECRET');
}

/** HealthError bad-usage where a webhook can't be told. */
export async function readAudience({ webhook, ...files }: AudienceFlags): Promise<Audience> {
  const { summary, junit, atom, badge } = files;
  if (webhook === undefined) return { summary, junit, atom, badge };
  const { webhookTarget } = await import('../pipeline/webhook.js');
  return { summary, junit, atom, badge, webhook: webhookTarget(webhook) };
}
