import { md, mdTable } from '../model/markdown-text.js';
import type { Changes } from '../model/changes.js';
import { causeTexts, figureLines, leadText, scoreTexts, tableTexts } from './changes-text.js';
import { longDay } from './figure-text.js';

function bullets(texts: readonly string[]): string {
  return texts.map((text) => `- ${md(text)}`).join('\n');
}

/** What changed since another run, as parts of a Markdown text. */
export function changesPart(changes: Changes): string[] {
  const lines = figureLines(changes.figures);
  const rows = lines.map(({ project, figure, before, after, unit, direction, why }) =>
    [project, figure, before, after, unit, direction ?? '', why].map((cell) => md(cell)),
  );
  const heads = ['Project', 'Figure', 'Before', 'After', 'Unit', 'Better or worse', 'Because of'];
  return [
    `## What changed since ${longDay(changes.before.asOf)}`,
    md(leadText(changes)),
    ...(changes.causes.length === 0 ? ['Nothing that the figures rest on changed.'] : [bullets(causeTexts(changes))]),
    ...(rows.length === 0 ? [] : [mdTable(heads, rows, [2, 3])]),
    ...(changes.tables.length === 0 ? [] : ['Tables that changed:', bullets(tableTexts(changes))]),
    ...((changes.scores ?? []).length === 0 ? [] : ['Candidates judged otherwise:', bullets(scoreTexts(changes))]),
  ];
}

/** The same as a text of its own. */
export function changesMarkdown(changes: Changes): string {
  return `${[`# ${md(changes.after.study)}`, ...changesPart(changes)].join('\n\n')}\n`;
}
