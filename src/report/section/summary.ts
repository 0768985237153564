import type { Result } from '../../model/result.js';
import { count, longDay, number, UNKNOWN } from '../figure-text.js';
import { markup, trusted, type Html, type Part } from '../html.js';
import { colourClass, sectionIds } from '../identity.js';
import { REPLICA_TAG } from './chart.js';
import { overall, type ProjectSummary } from '../summary.js';

const SPARK_HEIGHT = 36;

/** Commits a year as small bars, a year without commits as a gap; nothing where the years are not known. */
function spark(years: ProjectSummary['perYear']): Html | null {
  const first = years[0]?.year;
  const last = years.at(-1)?.year;
  if (first === undefined || last === undefined || last - first > 80) return null;
  const most = Math.max(...years.map((entry) => entry.commits), 1);
  const bars = years.map(({ year, commits }) => {
    const height = Math.max(1, Math.round((commits / most) * SPARK_HEIGHT * 10) / 10);
    return `M${(year - first) * 8},${SPARK_HEIGHT}v-${height}h6v${height}z`;
  });
  const width = (last - first + 1) * 8 - 2;
  return markup`<div class="spark">
    <svg viewBox="0 0 ${width} ${SPARK_HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${trusted(`<path d="${bars.join('')}"/>`)}
    </svg>
    <p><span>${first}</span><span>commits a year</span><span>${last}</span></p>
  </div>`;
}

function day(text: string | null): Part {
  return text === null ? UNKNOWN : markup`<time datetime="${text}">${longDay(text)}</time>`;
}

function card(result: Result, summary: ProjectSummary, index: number, href: string): Html {
  const { project, sixMonths } = summary;
  const { asOf, study } = result;
  // What is replaced counts as it was made: nothing is missing.
  const flags = project.flags.filter((flag) => flag !== 'replaced');
  return markup`<li class="card ${colourClass(index)}">
    <h3>
      <a href="#${href}"><bdi>${project.name}</bdi></a
      >${project.layer !== null && markup` <span class="layer"><bdi>${project.layer}</bdi></span>`}${study.replica && REPLICA_TAG}
    </h3>
    <p class="big">
      <strong>${number(sixMonths)}</strong>
      <span>${sixMonths === 1 ? 'commit' : 'commits'} in the six months to ${longDay(asOf)}</span>
    </p>
    <p class="verdict ${summary.activity}">${summary.verdict}</p>
    ${flags.length > 0 && markup`<p class="warning">Incomplete history (${flags.join(', ')}): do not compare its figures.</p>`}
    ${spark(summary.perYear)}
    <dl>
      <div>
        <dt>Commits in all</dt>
        <dd>${number(summary.commits)}</dd>
      </div>
      <div>
        <dt>Committers a year, on average</dt>
        <dd>${number(summary.committersPerYear, 1)}</dd>
      </div>
      <div>
        <dt>First commit</dt>
        <dd>${day(summary.firstCommit)}</dd>
      </div>
      <div>
        <dt>Last commit</dt>
        <dd>${day(summary.lastCommit)}</dd>
      </div>
    </dl>
  </li>`;
}

/** What a reader gets in ten seconds. */
export function summarySection(result: Result, summaries: readonly ProjectSummary[]): Html {
  const ids = sectionIds(result);
  return markup`<section id="summary" aria-labelledby="summary-title">
    <h2 id="summary-title">Summary</h2>
    <p class="lead">${overall(summaries, result.asOf)}</p>
    ${
      summaries.length > 0 &&
      markup`<ul class="cards">
        ${summaries.map((one, i) => card(result, one, i, ids[i] ?? ''))}
      </ul>`
    }
    ${
      result.missing.length > 0 &&
      markup`<div class="warning" role="note">
        <p>
          <strong>Not in this report:</strong> ${count(result.missing.length, 'project')} of the study
          ${result.missing.length === 1 ? 'has' : 'have'} not been collected:
          ${result.missing.map((name, i) => markup`${i > 0 && ', '}<bdi>${name}</bdi>`)}.
        </p>
      </div>`
    }
  </section>`;
}
