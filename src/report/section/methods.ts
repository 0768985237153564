import type { IdentityRule, QueryInfo } from '../../model/measurement.js';
import type { Result } from '../../model/result.js';
import { byTheme } from '../../model/themes.js';
import { count, longDay, number } from '../figure-text.js';
import type { Gathered } from '../gathered.js';
import { markup, type Html, type Part } from '../html.js';
import type { Anchors } from '../identity.js';
import { identityText } from '../scope-text.js';
import { differencesPart } from './differences.js';
import { scrolling, table } from './table.js';

const BETTER = { up: 'more is better', down: 'less is better', neither: 'neither is better' } as const;

function peopleRule(identities: readonly IdentityRule[]): string {
  if (identities.length === 0) return 'Not counted here.';
  const [merged, plain] = (['merged', 'name-email'] as const).map(identityText);
  if (identities.includes('merged') && identities.includes('name-email'))
    return `In contributions ${merged}; where a query reads CVSAnalY\u2019s tables alone, ${plain}.`;
  return `${identities.map(identityText).join('; ')}.`.replace(/^a/, 'A');
}

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
    ['A commit', 'Counted once, however many branches hold it; merges count.'],
    [
      'Whose and when',
      'Its author\u2019s, on the day of the author\u2019s own clock, as CHAOSS counts contributions. Where a query reads CVSAnalY\u2019s scmlog: its committer\u2019s, on the committer\u2019s day. Each query\u2019s SQL and source say which.',
    ],
    [
      'Refs',
      'The branches and tags the study names for each project, as they stood when it was collected; each figure says which.',
    ],
    ['People', peopleRule(identities)],
    ['Unknown', 'A dash stands for what is not known. It is never a 0.'],
    ['Made by', `${result.tool.name} ${result.tool.version}`],
    [
      'Seal',
      `${result.seal}: the sha256 of this run. \u201chealth verify\u201d on its JSON measures it again and says what differs, \u201chealth diff\u201d what changed since another run.`,
    ],
    ['Rests on', manifestText(result)],
  ];
}

function manifestText({ manifest, projects }: Result): string {
  const mailmaps = manifest.projects.filter(({ mailmap }) => mailmap !== null).length;
  const file = manifest.identities === null ? 'no identity file' : `identity file ${manifest.identities.slice(0, 12)}`;
  return `The tips below, ${count(Object.keys(manifest.queries).length, 'query', 'queries')}, ${mailmaps} of ${count(projects.length, 'mailmap')}, ${file}${manifest.anonymized ? ', names hidden' : ''}; all with their hashes in the run\u2019s JSON.`;
}

function tips(result: Result): Html {
  const caption = 'Histories these figures were read from';
  const rows = result.projects.map((project): Part[] => [
    markup`<bdi>${project.name}</bdi>`,
    project.head === null ? 'none' : markup`<bdi>${project.head}</bdi>`,
    project.tip === null ? 'none' : markup`<code class="hash">${project.tip.slice(0, 12)}</code>`,
    number(project.branches),
    number(project.tagCount),
    number(project.commits),
    markup`<span class="nw">${project.collectedAt}</span>`,
    project.flags.length === 0 ? 'none' : project.flags.join(', '),
  ]);
  const heads = ['Project', 'Default branch', 'Tip', 'Branches', 'Tags', 'Commits', 'Collected (UTC)', 'Warnings'];
  return scrolling(caption, table(caption, heads, rows, [3, 4, 5]));
}

/** Everything on a query that the page says once: what it means, and its SQL. */
function queryMethod(info: QueryInfo, slug: string): Html {
  const facts: [string, Part][] = [
    ['Unit', `${info.unit}; ${BETTER[info.better]}`],
    ['Window', info.window],
    ['Source', info.source],
    ['Query', markup`<code>${info.id}</code>, sha256 <code class="hash">${info.sha256}</code>`],
  ];
  return markup`<div class="query">
    <h5 id="methods/${slug}">${info.title}</h5>
    <p class="question">${info.question}</p>
    <div class="method">
      <dl class="rules">
        ${facts.map(
          ([label, part]) =>
            part !== null &&
            markup`<div>
              <dt>${label}</dt>
              <dd>${part}</dd>
            </div>`,
        )}
      </dl>
      ${
        info.traps.length > 0 &&
        markup`<p class="for">Before you trust it:</p>
          <ul class="traps">
            ${info.traps.map((trap) => markup`<li>${trap}</li>`)}
          </ul>`
      }
      <details class="sql"><summary>SQL<span class="vh">: ${info.title}</span></summary>
<pre tabindex="0" role="group" aria-label="SQL: ${info.title}"><code>${info.sql.trim()}</code></pre></details>
    </div>
  </div>`;
}

function queries(gathered: readonly Gathered[], anchors: Anchors): Html {
  const infos = gathered.flatMap(({ info }) => info ?? []);
  return markup`${byTheme(infos).map(
    ({ title, metrics }) =>
      markup`<details class="fold">
        <summary><h4>${title}</h4> <span>${count(metrics.length, 'query', 'queries')}, with traps and SQL</span></summary>
        <div class="queries">${metrics.map((info) => queryMethod(info, anchors.figure(info.id)))}</div>
      </details>`,
  )}`;
}

/** How everything was counted. */
export function methodsSection(result: Result, gathered: readonly Gathered[], anchors: Anchors): Html {
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
    <h3 id="methods/histories">Histories</h3>
    ${tips(result)}
    ${differencesPart(result)}
    ${
      result.sensitivity.length > 0 &&
      markup`<h3 id="methods/ranges">Ranges</h3>
        <p>
          A headline figure is counted again under other rules, one at a time and then some of them together: by author or by
          committer, with or without merge commits, on every branch or the default branch, by local time or UTC, with the
          repository’s mailmap, with people told apart by name or merged, and without bots
          (what a forge’s own account committed counts for its author then). The bar beside a figure goes from
          the least to the most that came out; its mark is the figure itself. A wide bar says that the figure hangs on a
          convention. It says nothing of chance.
        </p>`
    }
    ${
      result.past.length > 0 &&
      markup`<h3 id="methods/year-before">A year before</h3>
        <p>
          The same query on the history up to ${longDay(result.past[0]?.asOf ?? null)}, as today’s branches hold it: work that
          was merged since under an older date counts as if it had been there. Differences below 5 % are called the same.
        </p>`
    }
    ${
      gathered.some(({ info }) => info !== null) &&
      markup`<h3 id="methods/queries">Queries and their traps</h3>
        ${queries(gathered, anchors)}`
    }
  </section>`;
}
