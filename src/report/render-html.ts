import { createHash } from 'node:crypto';
import type { Result } from '../model/result.js';
import { drawFigures } from './figures.js';
import { longDay } from './figure-text.js';
import { markup, trusted, type Html } from './html.js';
import { packedData } from './packed.js';
import { changesSection } from './section/changes.js';
import { compareSection } from './section/compare.js';
import { deploymentSection } from './section/deployment.js';
import { historySection } from './section/history.js';
import { ledgerSection } from './section/ledger.js';
import { methodsSection } from './section/methods.js';
import { overviewSection } from './section/overview.js';
import { peopleSection } from './section/people.js';
import { projectSection } from './section/project.js';
import { replicationSection } from './section/replication.js';
import { selectionSection } from './section/selection.js';
import { sheetOf, type Sheet } from './sheet.js';
import { pageStyle } from './style.js';
import { isEventful } from './ledger-text.js';
import { REPLICA_TEXT } from './replica-text.js';

function hash(text: string): string {
  return `sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}`;
}

function policy(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hash(script)}'`,
    `style-src '${hash(style)}'`,
    'img-src data:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function hasLedger({ ledger, successions }: Result): boolean {
  return ledger.some(isEventful) || successions.length > 0;
}

function navigation({ result, anchors }: Sheet): Html {
  const links = [
    ['overview', 'Overview'],
    ...(result.changes ? [['changes', 'What changed']] : []),
    ...(result.history ? [['history', 'Over time']] : []),
    ...(result.selection ? [['selection', 'Selection']] : []),
    ...(result.deployment ? [['deployment', 'Deployment']] : []),
    ...(result.projects.length > 1 ? [['compare', 'Side by side']] : []),
    ...result.projects.map((project, i) => [anchors.projects[i] ?? '', project.name]),
    ...(result.people.length > 0 ? [['people', 'People']] : []),
    ...(hasLedger(result) ? [['ledger', 'Histories']] : []),
    ...(result.replication.length > 0 ? [['replication', 'Replication']] : []),
    ['methods', 'Methods'],
  ];
  return markup`<nav aria-label="Contents">
    <div class="bar">
      <ul>
        ${links.map(
          ([id, text]) =>
            markup`<li>
              <a href="#${id}"><bdi>${text}</bdi></a>
            </li>`,
        )}
      </ul>
      <search hidden>
        <input id="find" type="search" placeholder="Find" autocomplete="off" spellcheck="false" aria-label="Find figures, projects and people" aria-controls="found">
        <div id="found" hidden><ul></ul><p role="status"></p></div>
      </search>
      <button type="button" id="theme" aria-pressed="false" hidden>Dark</button>
    </div>
  </nav>`;
}

function header(result: Result): Html {
  const { study, projects } = result;
  return markup`<header>
    <p class="eyebrow">Project health</p>
    <h1><bdi>${study.name}</bdi></h1>
    <p class="meta">
      As of <time datetime="${result.asOf}">${longDay(result.asOf)}</time>,
      ${result.asOfGiven ? 'the day asked for' : 'the day of the newest collect'}
      <span aria-hidden="true">·</span> ${projects.length === 1 ? '1 project' : `${projects.length} projects`}
      <span aria-hidden="true">·</span> ${result.tool.name} ${result.tool.version}
    </p>
    ${study.replica && markup`<p class="replica" role="note"><strong>Replica.</strong> ${REPLICA_TEXT}</p>`}
  </header>`;
}

/**
 * One self-contained page for a result. It opens from disk, asks no network for anything, and shows everything but
 * interaction with scripts off. `script` is the bundled code of src/report/page.
 */
export async function renderHtml(result: Result, { script }: { script: string }): Promise<string> {
  const figures = await drawFigures(result);
  const sheet = sheetOf(result);
  // Inside a script element only these three could end it or change how it is read.
  const code = script
    .replace(/\r\n?/g, '\n')
    .replace(/<\/(?=script)/gi, '<\\/')
    .replace(/<!--/g, '<\\!--');
  const style = pageStyle();
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(code, style)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="generator" content="${result.tool.name} ${result.tool.version}">
<title>${result.study.replica && 'Replica: '}${result.study.name}, project health as of ${result.asOf}</title>
<style>${trusted(style)}</style>
</head>
<body${result.study.replica && markup` class="is-replica"`}>
<a class="skip" href="#content">Skip to the content</a>
${header(result)}
${navigation(sheet)}
<main id="content" tabindex="-1">
${overviewSection(sheet)}
${changesSection(result)}
${historySection(sheet)}
${selectionSection(result, sheet.anchors)}
${deploymentSection(sheet)}
${compareSection(sheet, figures)}
${result.projects.map((_, index) => projectSection(sheet, figures, index))}
${peopleSection(sheet)}
${ledgerSection(result)}
${replicationSection(result)}
${methodsSection(result, figures.gathered, sheet.anchors)}
</main>
<footer><p>${result.tool.name} ${result.tool.version}. This file is complete: it asks no network for anything.${result.study.replica && markup` <strong>Replica: made-up people, real totals.</strong>`}</p></footer>
<div id="tip" role="tooltip" hidden></div>
<script type="text/plain" id="data">${packedData(figures.payload)}</script>
<script>${trusted(code)}</script>
</body>
</html>
`;
  return page.text;
}
