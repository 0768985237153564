import type { QueryInfo } from '../../model/measurement.js';
import { count, number } from '../figure-text.js';
import { CHOSEN, type Figures } from '../figures.js';
import { themesOf } from '../gathered.js';
import { rangeText, type Headline } from '../headlines.js';
import { markup, type Html } from '../html.js';
import { colourClass } from '../identity.js';
import type { Sheet } from '../sheet.js';
import { band, bandScale, turn } from './band.js';
import { chartFigures } from './chart.js';
import { scrolling } from './table.js';

/** Checkboxes; the page's script shows them and heeds them. */
function choice({ result }: Sheet): Html {
  return markup`<fieldset id="choose" hidden>
    <legend>Put side by side</legend>
    ${result.projects.map(
      ({ name }, i) =>
        markup`<label class="${colourClass(i)}"
          ><input type="checkbox"${i < CHOSEN && markup` checked`} autocomplete="off"><span class="dot"><bdi>${name}</bdi></span></label
        >`,
    )}
    <span class="all"><button type="button" data-all="1">All</button><button type="button" data-all="0">None</button></span>
    <output></output>
  </fieldset>`;
}

function figureCell(
  one: Headline | undefined,
  scale: ReturnType<typeof bandScale>,
  project: number,
  href: string,
): Html {
  if (!one) return markup`<td data-p="${project}">${number(null)}`;
  const range = rangeText(one.range);
  return markup`<td data-p="${project}"><a class="figure" href="#${href}">${one.value === null ? 'not known' : number(one.value)}</a>${band(one, scale)}${range !== null && markup`<span class="range">${range}</span>`}${one.turn !== 'unknown' && turn(one)}`;
}

/** Headline figures: a row for each figure, a column for each project. */
function matrix(sheet: Sheet, figures: Figures): Html | null {
  const { result, anchors, headlines } = sheet;
  const infos = [...new Set(headlines.flatMap((own) => own.map(({ info }) => info)))];
  if (infos.length === 0) return null;
  const row = (info: QueryInfo): Html => {
    const own = headlines.map((list) => list.find((one) => one.info.id === info.id));
    const scale = bandScale(own.filter((one) => one !== undefined));
    const slug = anchors.figure(info.id);
    const isDrawn = figures.gathered.some(({ id, chart }) => id === info.id && chart !== null);
    return markup`<tr${!isDrawn && markup` id="compare/${slug}"`}><th scope="row"><a href="#methods/${slug}">${info.title}</a><span class="remark">${info.unit}</span>${own.map((one, i) => figureCell(one, scale, i, `${anchors.projects[i]}/${slug}`))}`;
  };
  const caption = `Headline figures of all projects, as of ${result.asOf}: the bar is the range over rules of counting, on one scale a row`;
  return scrolling(
    caption,
    markup`<table class="matrix"><caption>${caption}</caption>
<thead><tr><th scope="col">Figure${result.projects.map(({ name }, i) => markup`<th scope="col" data-p="${i}"><a class="dot ${colourClass(i)}" href="#${anchors.projects[i]}"><bdi>${name}</bdi></a>`)}</thead>
<tbody>${infos.map(row)}</tbody></table>`,
  );
}

/** The history of each project in one line. */
function histories({ summaries, anchors, result }: Sheet): Html {
  const caption = `All projects, as of ${result.asOf}`;
  const heads = [
    'Project',
    'Commits, six months',
    'Commits in all',
    'Committers a year, mean',
    'First commit',
    'Last commit',
    'Activity',
  ];
  const lines = summaries.map((one, i) => {
    const cells = [number(one.sixMonths), number(one.commits), number(one.committersPerYear, 1)];
    const days = [one.firstCommit ?? number(null), one.lastCommit ?? number(null)];
    return markup`<tr data-p="${i}"><th scope="row"><a class="dot ${colourClass(i)}" href="#${anchors.projects[i]}"><bdi>${one.project.name}</bdi></a>${cells.map((text) => markup`<td class="n">${text}`)}${days.map((text) => markup`<td class="nw">${text}`)}<td>${one.activity === 'unknown' ? 'not known' : one.activity}`;
  });
  return scrolling(
    caption,
    markup`<table><caption>${caption}</caption>
<thead><tr>${heads.map((head, i) => markup`<th scope="col"${i >= 1 && i <= 3 && markup` class="n"`}>${head}`)}</thead>
<tbody>${lines}</tbody></table>`,
  );
}

/** Any projects side by side; nothing to show for a single one. */
export function compareSection(sheet: Sheet, figures: Figures): Html | null {
  if (sheet.result.projects.length < 2) return null;
  return markup`<section id="compare" aria-labelledby="compare-title">
    <h2 id="compare-title">Side by side</h2>
    ${choice(sheet)} ${histories(sheet)} ${matrix(sheet, figures)}
    <h3>Charts of the chosen projects</h3>
    ${themesOf(figures.gathered)
      .map(({ title, among }) => ({ title, charts: chartFigures(figures, among, null) }))
      .filter(({ charts }) => charts.length > 0)
      .map(
        ({ title, charts }, i) =>
          markup`<details class="fold theme"${i === 0 && markup` open`}>
            <summary><h4>${title}<span class="vh">: all projects</span></h4> <span>${count(charts.length, 'chart')}</span></summary>
            <div class="charts">${charts}</div>
          </details>`,
      )}
  </section>`;
}
