import type { HistoryFlag } from '../../model/history.js';
import type { ProjectFacts, Result } from '../../model/result.js';
import { visibleLine } from '../../model/text.js';
import { count, number } from '../figure-text.js';
import type { Figures } from '../figures.js';
import type { Gathered } from '../gathered.js';
import { html, type Html, type Part } from '../html.js';
import { colourClass } from '../identity.js';
import { refsText } from '../scope-text.js';
import type { ProjectSummary } from '../summary.js';
import { chartFigure, isBrief, plainFigure } from './chart.js';

export const FLAG_TEXT: Record<HistoryFlag, string> = {
  shallow: 'This is a shallow clone: everything before its cut is missing, so first dates, totals and means are wrong.',
  grafted: 'This history is grafted: some commits have been given other parents than they were made with.',
  partial: 'This is a partial clone: some of its contents were not fetched, so changes to files may be missing.',
};

/** A link only for the web; any other address is text. */
export function address(url: string): Html {
  const web = /^https?:\/\/[^\s"'<>`\\]+$/i.test(url) && visibleLine(url) === url;
  return web ? html`<a href="${url}" rel="noopener noreferrer"><bdi>${url}</bdi></a>` : html`<bdi>${url}</bdi>`;
}

function facts(project: ProjectFacts): Html {
  const lines: [string, Part][] = [
    ['Repository', address(project.url)],
    ['Layer', project.layer === null ? null : html`<bdi>${project.layer}</bdi>`],
    ['Tags given', project.tags.length === 0 ? null : html`<bdi>${project.tags.join(', ')}</bdi>`],
    ['Counted refs', html`<bdi>${refsText(project.refs)}</bdi>`],
    ['Default branch', project.head === null ? 'none' : html`<bdi>${project.head}</bdi>`],
    ['Its tip', project.tip === null ? 'none' : html`<code class="hash">${project.tip}</code>`],
    [
      'Collected',
      html`${count(project.commits, 'commit')}, ${count(project.actions, 'file change')},
      ${count(project.branches, 'branch', 'branches')}, ${count(project.tagCount, 'tag')}, on ${project.collectedAt} UTC`,
    ],
  ];
  return html`<dl class="rules">
    ${lines.map(
      ([label, part]) =>
        part !== null &&
        html`<div>
          <dt>${label}</dt>
          <dd>${part}</dd>
        </div>`,
    )}
  </dl>`;
}

/** One project: what it is, warnings, its charts, then what has no chart. */
export function projectSection(
  result: Result,
  summary: ProjectSummary,
  figures: Figures,
  place: { index: number; id: string },
): Html {
  const { project } = summary;
  const charts = figures.gathered.map((one) => chartFigure(figures, one, project.name)).filter((one) => one !== null);
  const drawn = (wanted: (one: Gathered) => boolean) =>
    figures.gathered
      .filter(wanted)
      .map((one) => plainFigure(figures, one, project.name))
      .filter((one) => one !== null);
  const brief = drawn((one) => isBrief(one, project.name));
  const plain = drawn((one) => !isBrief(one, project.name));
  return html`<section id="${place.id}" class="project ${colourClass(place.index)}" aria-labelledby="${place.id}-title">
    <h2 id="${place.id}-title">
      <bdi>${project.name}</bdi>${result.study.replica && html` <span class="tag">replica</span>`}
    </h2>
    <p class="lead">
      ${summary.verdict}${summary.sixMonths !== null && summary.sixMonths > 0 && ` ${number(summary.sixMonths)} of its ${number(summary.commits)} commits are of the last six months.`}
    </p>
    ${project.flags.map((flag) => html`<p class="warning" role="note"><strong>Warning.</strong> ${FLAG_TEXT[flag]}</p>`)}
    ${facts(project)}
    ${
      brief.length > 0 &&
      html`<h3>
          In brief<span class="vh">: <bdi>${project.name}</bdi></span>
        </h3>
        <div class="charts">${brief}</div>`
    }
    ${
      charts.length > 0 &&
      html`<h3>
          Charts<span class="vh"> of <bdi>${project.name}</bdi></span>
        </h3>
        <div class="charts">${charts}</div>`
    }
    ${
      plain.length > 0 &&
      html`<h3>
          Further figures<span class="vh"> of <bdi>${project.name}</bdi></span>
        </h3>
        <div class="charts">${plain}</div>`
    }
    ${charts.length + plain.length + brief.length === 0 && html`<p class="empty">No query was run for this project.</p>`}
  </section>`;
}
