import type { Result } from '../../model/result.js';
import { longDay, number } from '../figure-text.js';
import type { Gathered } from '../gathered.js';
import { markup, type Html, type Part } from '../html.js';
import { identityText } from '../scope-text.js';
import { differencesPart } from './differences.js';
import { scrolling, table } from './table.js';

const BETTER = { up: 'more is better', down: 'less is better', neither: 'neither is better' } as const;

/** The rules all figures share, as label and plain text; Markdown uses them too. */
export function ruleLines(result: Result): [label: string, text: string][] {
  const identities = [...new Set(result.measurements.map((one) => one.scope.identity))];
  return [
    [
      'As of',
      result.asOfGiven
        ? `${longDay(result.asOf)}, the day that was asked for. Nothing committed after that day is counted.`
        : `${longDay(result.asOf)}, the day of the newest collect. No commit is left out for its date.`,
    ],
    [
      'A commit',
      'Counted once, however many branches hold it; merges count. It belongs to the day on its committer\u2019s own wall clock.',
    ],
    [
      'Refs',
      'The branches and tags the study names for each project, as they stood when it was collected; each figure says which.',
    ],
    [
      'People',
      identities.length === 0 ? 'Not counted here.' : `${identities.map(identityText).join('; ')}.`.replace(/^a/, 'A'),
    ],
    ['Unknown', 'A dash stands for what is not known. It is never a 0.'],
    ['Made by', `${result.tool.name} ${result.tool.version}`],
  ];
}

function tips(result: Result): Html {
  const caption = 'Histories these figures were read from';
  const rows = result.projects.map((project): Part[] => [
    markup`<bdi>${project.name}</bdi>`,
    project.head === null ? 'none' : markup`<bdi>${project.head}</bdi>`,
    project.tip === null ? 'none' : markup`<code class="hash">${project.tip}</code>`,
    number(project.branches),
    number(project.tagCount),
    number(project.commits),
    markup`<span class="nw">${project.collectedAt}</span>`,
    project.flags.length === 0 ? 'none' : project.flags.join(', '),
  ]);
  const heads = ['Project', 'Default branch', 'Tip', 'Branches', 'Tags', 'Commits', 'Collected (UTC)', 'Warnings'];
  return scrolling(caption, table(caption, heads, rows, [3, 4, 5]));
}

function queries(gathered: readonly Gathered[]): Html {
  return markup`${gathered.map(
    ({ info }) =>
      info &&
      markup`<div class="query">
        <h4>${info.title}</h4>
        <p><code>${info.id}</code>; in ${info.unit}; ${BETTER[info.better]}. ${info.source}.</p>
        ${
          info.traps.length > 0 &&
          markup`<ul class="traps">
            ${info.traps.map((trap) => markup`<li>${trap}</li>`)}
          </ul>`
        }
        <p class="sha">sha256 <code class="hash">${info.sha256}</code></p>
      </div>`,
  )}`;
}

/** How everything was counted. */
export function methodsSection(result: Result, gathered: readonly Gathered[]): Html {
  return markup`<section id="methods" aria-labelledby="methods-title">
    <h2 id="methods-title">How it was counted</h2>
    <dl class="rules">
      ${ruleLines(result).map(
        ([label, text]) =>
          markup`<div>
            <dt>${label}</dt>
            <dd>${text}</dd>
          </div>`,
      )}
    </dl>
    <h3>Histories</h3>
    ${tips(result)}
    ${differencesPart(result)}
    ${
      gathered.some(({ info }) => info !== null) &&
      markup`<h3>Queries and their traps</h3>
        <div class="queries">${queries(gathered)}</div>`
    }
  </section>`;
}
