import type { ClusterSpec, ClusterTarget } from '../../model/cluster.js';
import { clusterSection, controlSection } from './cluster-section.js';
import { failoverSection, rollbackSection } from './failover-section.js';
import { agentSection, serviceSection } from './service-section.js';
import { contextOf, type RunbookSection, type RunbookStep } from './step.js';
import { splitBrainSection, storageSection } from './storage-section.js';
import { systemSection } from './system-section.js';

/** A title that came from the spec may hold what Markdown or HTML would read as its own. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]<>#|]/g, String.raw`\$&`);
}

function stepText({ title, nodes, commands, expect, otherwise }: RunbookStep, number: string): string {
  const parts = [
    `### ${number} ${plain(title)}`,
    `On ${nodes.join(' and ')}:`,
    commands.length === 0 ? null : `\`\`\`sh\n${commands.join('\n')}\n\`\`\``,
    expect === null ? null : `**Expect:** ${expect}`,
    otherwise === null ? null : `**Otherwise:** ${otherwise}`,
  ];
  return parts.filter((part) => part !== null).join('\n\n');
}

function sectionText({ number, title, text, steps }: RunbookSection): string {
  const parts = steps.map((step, i) => stepText(step, `${number}.${i + 1}`));
  return [`## ${number} ${plain(title)}`, ...(text === null ? [] : [plain(text)]), ...parts].join('\n\n');
}

/** RUNBOOK.md: every step of the thesis's sections 7.1 to 7.7 in order, with what to see and what to do when it isn't seen. */
export function renderRunbook(spec: ClusterSpec, target: ClusterTarget): string {
  const context = contextOf(spec, target);
  const sections = [
    systemSection(context),
    storageSection(context),
    serviceSection(context),
    agentSection(context),
    clusterSection(context),
    controlSection(context),
    failoverSection(context),
    splitBrainSection(context),
    rollbackSection(context),
  ];
  const versions = spec.components.flatMap(({ name, versions: own }) =>
    own[target] ? [`${name} ${own[target]}`] : [],
  );
  const head = [
    `# ${plain(spec.title)}: runbook for ${target}`,
    `Cluster ${spec.name}: ${context.both.join(' and ')} in ${spec.domain}, the service at ${spec.virtualAddress.address}. The numbers of the sections are those of chapter 7 of the thesis this cluster comes from.`,
    ...(versions.length === 0 ? [] : [`Written for ${versions.join(', ')}.`]),
  ];
  return `${[...head, ...sections.map(sectionText)].join('\n\n')}\n`;
}
