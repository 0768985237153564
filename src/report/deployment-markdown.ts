import { md, mdTable } from '../model/markdown-text.js';
import type { Rehearsal, Simulation } from '../model/cluster.js';
import type { DeployedCluster } from '../model/deployed-cluster.js';
import type { Result } from '../model/result.js';
import {
  actionsText,
  awayText,
  behindTexts,
  clusterLines,
  CONFIGURATION_TEXT,
  lintText,
  outcomeText,
  placeText,
  rehearsalLead,
  rehearsalRemarks,
  releaseText,
  scenariosOf,
  wrongTexts,
} from './deployment-text.js';
import { number } from './figure-text.js';

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${md(line)}`).join('\n');
}

function componentsTable({ components }: DeployedCluster): string {
  return mdTable(
    [
      'Component',
      'Layer',
      'Deployed',
      'In its series',
      'Of all',
      'Newest release',
      'Absence factor',
      'Commits, 12 months',
    ],
    components.map((one) => {
      const behind = behindTexts(one);
      const [series, newest] = typeof behind === 'string' ? [behind, ''] : [behind.series, behind.newest];
      return [
        md(one.name),
        md(one.layer ?? ''),
        md(one.version ?? 'not said'),
        md(series),
        md(newest),
        md(releaseText(one)),
        number(one.figures?.absenceFactor ?? null),
        number(one.figures?.commitsLastYear ?? null),
      ];
    }),
    [6, 7],
  );
}

function lintPart({ lint }: DeployedCluster): string[] {
  const rows = lint.map((one) => [one.severity, md(one.rule), md(one.message), md(placeText(one))]);
  return [
    '### Deployment: what the linter finds',
    `${lintText(lint)}.`,
    ...(rows.length === 0 ? [] : [mdTable(['Severity', 'Rule', 'Finding', 'Where'], rows)]),
  ];
}

function simulationsPart(simulations: readonly Simulation[]): string[] {
  return [
    '### Deployment: simulated failovers',
    ...scenariosOf(simulations).flatMap(({ title, of }) => [
      `#### ${md(title)}`,
      ...of.flatMap((one) => [
        `${md(CONFIGURATION_TEXT[one.configuration])}: ${outcomeText(one)}.`,
        one.steps
          .map((step, i) => {
            const wrong = wrongTexts(step);
            return `${i + 1}. ${md(step.event)}: ${md(actionsText(step))}.${wrong.length === 0 ? '' : ` **Not as expected:** ${md(wrong.join('; '))}.`}`;
          })
          .join('\n'),
      ]),
    ]),
  ];
}

function rehearsalPart(rehearsal: Rehearsal): string[] {
  return [
    '### Deployment: rehearsal',
    md(rehearsalLead(rehearsal)),
    mdTable(
      ['What was done', 'Address away', 'Service away', 'Served by', 'Fenced', 'As it should'],
      rehearsal.steps.map((step) => [
        md(step.event),
        awayText(step.addressAway),
        awayText(step.serviceAway),
        md(step.servedBy ?? 'nobody'),
        md(step.fenced.join(', ')),
        step.ok ? 'yes' : md(`no: ${step.violations[0] ?? 'not served as expected'}`),
      ]),
      [1, 2],
    ),
    ...(rehearsalRemarks(rehearsal).length === 0 ? [] : [bullets(rehearsalRemarks(rehearsal))]),
  ];
}

/** The cluster that is deployed, as Markdown; nothing where the study names none. */
export function deploymentPart({ deployment }: Result): string[] {
  if (!deployment) return [];
  const { simulations, rehearsal } = deployment;
  return [
    '## Deployment',
    clusterLines(deployment)
      .map(([label, text]) => `- ${md(label)}: ${md(text)}`)
      .join('\n'),
    '### Deployment: components',
    componentsTable(deployment),
    ...lintPart(deployment),
    ...(simulations === null ? [] : simulationsPart(simulations)),
    ...(rehearsal === null ? [] : rehearsalPart(rehearsal)),
  ];
}
