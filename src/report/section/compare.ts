import type { Result } from '../../model/result.js';
import { number } from '../figure-text.js';
import type { Figures } from '../figures.js';
import { markup, type Html } from '../html.js';
import { colourClass, sectionIds } from '../identity.js';
import type { ProjectSummary } from '../summary.js';
import { chartFigures } from './chart.js';
import { scrolling, table } from './table.js';

function comparison(result: Result, summaries: readonly ProjectSummary[]): Html {
  const ids = sectionIds(result);
  const heads = [
    'Project',
    'Commits, six months',
    'Commits in all',
    'Committers a year, mean',
    'First commit',
    'Last commit',
    'Activity',
  ];
  const rows = summaries.map((one, i) => [
    markup`<a class="dot ${colourClass(i)}" href="#${ids[i]}"><bdi>${one.project.name}</bdi></a>`,
    number(one.sixMonths),
    number(one.commits),
    number(one.committersPerYear, 1),
    markup`<span class="nw">${one.firstCommit ?? number(null)}</span>`,
    markup`<span class="nw">${one.lastCommit ?? number(null)}</span>`,
    one.activity === 'unknown' ? 'not known' : one.activity,
  ]);
  const caption = `All projects, as of ${result.asOf}`;
  return scrolling(caption, table(caption, heads, rows, [1, 2, 3]));
}

/** All projects side by side; nothing to show for a single one. */
export function compareSection(result: Result, summaries: readonly ProjectSummary[], figures: Figures): Html | null {
  if (result.projects.length < 2) return null;
  return markup`<section id="compare" aria-labelledby="compare-title">
    <h2 id="compare-title">Side by side</h2>
    ${comparison(result, summaries)}
    <h3>Charts of all projects</h3>
    <div class="charts">${chartFigures(figures, null)}</div>
  </section>`;
}
