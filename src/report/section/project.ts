import type { HistoryFlag } from '../../model/history.js';
import type { ProjectFacts } from '../../model/result.js';
import { visibleLine } from '../../model/text.js';
import { count, inSentence, number } from '../figure-text.js';
import { withUnit, type Headline } from '../headlines.js';
import type { Figures } from '../figures.js';
import { themesOf, type Gathered } from '../gathered.js';
import { markup, type Html, type Part } from '../html.js';
import { colourClass } from '../identity.js';
import { refsText } from '../scope-text.js';
import type { Sheet } from '../sheet.js';
import { band, bandScale, bandWords, turn } from './band.js';
import { chartFigures, plainFigure, REPLICA_TAG } from './chart.js';
import { answerList } from './overview.js';
import { scrolling, table } from './table.js';

export const FLAG_TEXT: Record<HistoryFlag, string> = {
  shallow: 'This is a shallow clone: everything before its cut is missing, so first dates, totals and means are wrong.',
  grafted: 'This history is grafted: some commits have been given other parents than they were made with.',
  replaced:
    'This repository replaces some of its objects (refs/replace): the figures count them as they were made, where git would show the others.',
  partial: 'This is a partial clone: some of its contents were not fetched, so changes to files may be missing.',
  damaged:
    'Parts of this repository are missing or damaged: its commits are complete, but some of their changes to files could not be read.',
  mirror:
    'This is a mirror of another repository: it shows that one as it was when the mirror was brought up to date last. Pull requests it may hold are not counted.',
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

/** Headline figures with their ranges and how they stood a year before. */
function headlineTable(sheet: Sheet, index: number): Html | null {
  const headlines = sheet.headlines[index] ?? [];
  const id = sheet.anchors.projects[index] ?? '';
  const name = visibleLine(sheet.result.projects[index]?.name ?? '');
  if (headlines.length === 0) return null;
  const rows = headlines.map((one): Part[] => [
    markup`<a href="#${id}/${sheet.anchors.figure(one.info.id)}">${one.info.title}</a><span class="remark">${one.info.unit}</span>`,
    one.value === null ? markup`<span class="soft">not known</span>` : markup`<b>${number(one.value)}</b>`,
    markup`${band(one, bandScale([one]))}${bandWords(one)}`,
    turn(one),
  ]);
  const caption = `Headline figures of ${name}, the range each takes when it is counted otherwise, and a year before`;
  const heads = ['Figure', 'Value', 'Range', 'Against a year before'];
  return markup`<div class="headlines">${scrolling(caption, table(caption, heads, rows, [1]))}</div>`;
}

/** `commits of the last 12 months 31, growth −36.8`: what a folded theme holds. */
function themeWords(headlines: readonly Headline[], charts: number): string {
  const some = headlines
    .slice(0, 2)
    .map(({ info, value }) => `${inSentence(info.title)}: ${withUnit(value, info.unit)}`);
  return [...some, ...(charts > 0 ? [count(charts, 'chart')] : [])].join(' · ');
}

function theme(sheet: Sheet, figures: Figures, index: number, title: string, among: readonly Gathered[]): Html | null {
  const name = sheet.result.projects[index]?.name ?? '';
  const headlines = sheet.headlines[index] ?? [];
  const headline = (one: Gathered) => headlines.find(({ info }) => info.id === one.id) ?? null;
  const charts = chartFigures(figures, among, name);
  const plain = among.map((one) => plainFigure(figures, one, name, headline(one))).filter((one) => one !== null);
  if (charts.length + plain.length === 0) return null;
  const own = headlines.filter(({ info }) => among.some((one) => one.id === info.id));
  return markup`<details class="fold theme">
    <summary>
      <h3>${title}<span class="vh">: <bdi>${name}</bdi></span></h3>
      <span>${themeWords(own, charts.length)}</span>
    </summary>
    <div class="charts">${plain}${charts}</div>
  </details>`;
}

/** One project: four answers, warnings, headline figures, then everything else by theme, folded away. */
export function projectSection(sheet: Sheet, figures: Figures, index: number): Html {
  const { result, anchors } = sheet;
  const summary = sheet.summaries[index]!;
  const { project } = summary;
  const id = anchors.projects[index] ?? '';
  const all = themesOf(figures.gathered);
  const history = all.filter(({ id }) => id === 'overview').flatMap(({ among }) => among);
  const parts = all
    .filter(({ id }) => id !== 'overview')
    .map(({ title, among }) => theme(sheet, figures, index, title, among))
    .filter((one) => one !== null);
  return markup`<section id="${id}" class="project ${colourClass(index)}" aria-labelledby="${id}-title">
    <h2 id="${id}-title">
      <bdi>${project.name}</bdi>${result.study.replica && REPLICA_TAG}
    </h2>
    <p class="lead">
      ${summary.verdict}${summary.sixMonths !== null && summary.sixMonths > 0 && ` ${number(summary.sixMonths)} of its ${number(summary.commits)} commits are of the last six months.`}
    </p>
    ${project.flags.map((flag) => markup`<p class="warning" role="note"><strong>Warning.</strong> ${FLAG_TEXT[flag]}</p>`)}
    ${answerList(sheet, index)}
    ${headlineTable(sheet, index)}
    ${parts}
    <details class="fold about">
      <summary><h3>About this history<span class="vh">: <bdi>${project.name}</bdi></span></h3> <span>${collectedText(project)}</span></summary>
      ${facts(project)}
      <div class="charts">${history.map((one) => plainFigure(figures, one, project.name, null))}${chartFigures(figures, history, project.name)}</div>
    </details>
    ${parts.length + history.length === 0 && markup`<p class="empty">No query was run for this project.</p>`}
  </section>`;
}
