import type { HistoryFlag } from '../../model/history.js';
import type { ProjectFacts, Result } from '../../model/result.js';
import { visibleLine } from '../../model/text.js';
import { count, number } from '../figure-text.js';
import type { Figures } from '../figures.js';
import type { Gathered } from '../gathered.js';
import { markup, type Html, type Part } from '../html.js';
import { colourClass } from '../identity.js';
import { refsText } from '../scope-text.js';
import type { ProjectSummary } from '../summary.js';
import { chartFigures, isBrief, plainFigure, REPLICA_TAG } from './chart.js';

export const FLAG_TEXT: Record<HistoryFlag, string> = {
  shallow: 'This is a shallow clone: everything before its cut is missing, so first dates, totals and means are wrong.',
  grafted: 'This history is grafted: some commits have been given other parents than they were made with.',
  replaced:
    'This repository replaces some of its objects (refs/replace): the figures count them as they were made, where git would show the others.',
  partial: 'This is a partial clone: some of its contents were not fetched, so changes to files may be missing.',
  damaged:
    'Parts of this repository are missing or damaged: its commits are complete, but some of their changes to files could not be read.',
};

/** A link only for the web; any other address is text. */
function address(url: string): Html {
  const web = /^https?:\/\/[^\s"'<>`\\]+$/i.test(url) && visibleLine(url) === url;
  return web ? markup`<a href="${url}" rel="noopener noreferrer"><bdi>${url}</bdi></a>` : markup`<bdi>${url}</bdi>`;
}

/** What the last collect brought; a history read without its file changes has none to speak of. */
export function collectedText(project: ProjectFacts): string {
  const parts = [
    count(project.commits, 'commit'),
    project.actions === null ? 'file changes not read' : count(project.actions, 'file change'),
    count(project.branches, 'branch', 'branches'),
    count(project.tagCount, 'tag'),
  ];
  return `${parts.join(', ')}, on ${project.collectedAt} UTC`;
}

function facts(project: ProjectFacts): Html {
  const lines: [string, Part][] = [
    ['Repository', address(project.url)],
    ['Layer', project.layer === null ? null : markup`<bdi>${project.layer}</bdi>`],
    ['Tags given', project.tags.length === 0 ? null : markup`<bdi>${project.tags.join(', ')}</bdi>`],
    ['Counted refs', markup`<bdi>${refsText(project.refs)}</bdi>`],
    ['Default branch', project.head === null ? 'none' : markup`<bdi>${project.head}</bdi>`],
    ['Its tip', project.tip === null ? 'none' : markup`<code class="hash">${project.tip}</code>`],
    ['Collected', collectedText(project)],
  ];
  return markup`<dl class="rules">
    ${lines.map(
      ([label, part]) =>
        part !== null &&
        markup`<div>
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
  const charts = chartFigures(figures, project.name);
  const drawn = (wanted: (one: Gathered) => boolean) =>
    figures.gathered
      .filter(wanted)
      .map((one) => plainFigure(figures, one, project.name))
      .filter((one) => one !== null);
  const brief = drawn((one) => isBrief(one, project.name));
  const plain = drawn((one) => !isBrief(one, project.name));
  return markup`<section id="${place.id}" class="project ${colourClass(place.index)}" aria-labelledby="${place.id}-title">
    <h2 id="${place.id}-title">
      <bdi>${project.name}</bdi>${result.study.replica && REPLICA_TAG}
    </h2>
    <p class="lead">
      ${summary.verdict}${summary.sixMonths !== null && summary.sixMonths > 0 && ` ${number(summary.sixMonths)} of its ${number(summary.commits)} commits are of the last six months.`}
    </p>
    ${project.flags.map((flag) => markup`<p class="warning" role="note"><strong>Warning.</strong> ${FLAG_TEXT[flag]}</p>`)}
    ${facts(project)}
    ${
      brief.length > 0 &&
      markup`<h3>
          In brief<span class="vh">: <bdi>${project.name}</bdi></span>
        </h3>
        <div class="charts">${brief}</div>`
    }
    ${
      charts.length > 0 &&
      markup`<h3>
          Charts<span class="vh"> of <bdi>${project.name}</bdi></span>
        </h3>
        <div class="charts">${charts}</div>`
    }
    ${
      plain.length > 0 &&
      markup`<details class="further">
        <summary>Further figures<span class="vh"> of <bdi>${project.name}</bdi></span>: rows and SQL</summary>
        <div class="charts">${plain}</div>
      </details>`
    }
    ${charts.length + plain.length + brief.length === 0 && markup`<p class="empty">No query was run for this project.</p>`}
  </section>`;
}
