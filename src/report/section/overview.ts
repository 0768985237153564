import type { Result } from '../../model/result.js';
import { QUESTIONS, type Answer } from '../answers.js';
import { count, longDay, number } from '../figure-text.js';
import type { Headline } from '../headlines.js';
import { markup, type Html } from '../html.js';
import { colourClass } from '../identity.js';
import { overall, staleText } from '../summary.js';
import type { Sheet } from '../sheet.js';
import { band, bandScale } from './band.js';
import { REPLICA_TAG } from './chart.js';
import { gaps } from '../gaps.js';
import { spark } from './spark.js';
import { scrolling, table } from './table.js';

/** Up to so many projects have a card each; more are a table. */
const CARDS = 8;

const SIGNS = { good: '●', fair: '◐', bad: '○', unknown: '–' } as const;

/** The answer in a few words, its tone told by a sign and not by colour alone. */

function short({ tone, short: text }: Answer): Html {
  return markup`<strong class="short ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${text}</strong>`;
}

/** The headline figures behind an answer, each a link to what stands behind it. */
function behind(answer: Answer, headlines: readonly Headline[], sheet: Sheet, id: string): Html | null {
  const figures = answer.figures.flatMap((query) => headlines.find(({ info }) => info.id === query) ?? []);
  if (figures.length === 0) return null;
  return markup`<ul class="behind">
    ${figures.map(
      (one) =>
        markup`<li>
          <a href="#${id}/${sheet.anchors.figure(one.info.id)}">${one.info.title}</a> <b>${number(one.value)}</b>${band(one, bandScale([one]))}
        </li>`,
    )}
  </ul>`;
}

/** Four questions and their answers, with the figures they rest on. */
export function answerList(sheet: Sheet, index: number): Html {
  const id = sheet.anchors.projects[index] ?? '';
  const headlines = sheet.headlines[index] ?? [];
  return markup`<dl class="answers">
    ${(sheet.answers[index] ?? []).map(
      (answer) =>
        markup`<div>
          <dt>${answer.question}</dt>
          <dd>${short(answer)} <p>${answer.text}</p>${behind(answer, headlines, sheet, id)}</dd>
        </div>`,
    )}
  </dl>`;
}

function card(sheet: Sheet, index: number): Html | null {
  const { result } = sheet;
  const summary = sheet.summaries[index];
  if (!summary) return null;
  const { project } = summary;
  return markup`<li class="card ${colourClass(index)}">
    <h3>
      <a href="#${sheet.anchors.projects[index]}"><bdi>${project.name}</bdi></a
      >${project.layer !== null && markup` <span class="layer"><bdi>${project.layer}</bdi></span>`}${result.study.replica && REPLICA_TAG}
    </h3>
    ${gaps(project).length > 0 && markup`<p class="warning">Incomplete history (${gaps(project).join(', ')}): do not compare its figures.</p>`}
    ${spark(summary.perYear)}
    <dl class="answers">
      ${(sheet.answers[index] ?? []).map(
        (answer) =>
          markup`<div>
            <dt>${answer.question}</dt>
            <dd>${short(answer)} <p>${answer.text}</p></dd>
          </div>`,
      )}
    </dl>
  </li>`;
}

function glance(sheet: Sheet): Html {
  const caption = `Four questions, as of ${longDay(sheet.result.asOf)}`;
  const rows = sheet.summaries.map(({ project }, i) => [
    markup`<a class="dot ${colourClass(i)}" href="#${sheet.anchors.projects[i]}"><bdi>${project.name}</bdi></a
      >${gaps(project).length > 0 && markup`<span class="remark">incomplete history (${gaps(project).join(', ')})</span>`}`,
    ...(sheet.answers[i] ?? []).map((answer) => markup`${short(answer)}<span class="remark">${answer.brief}</span>`),
  ]);
  return markup`<div class="glance">${scrolling(caption, table(caption, ['Project', ...QUESTIONS], rows, []))}</div>`;
}

function missing(result: Result): Html | null {
  const names = result.missing;
  if (names.length === 0) return null;
  return markup`<div class="warning" role="note">
    <p>
      <strong>Not in this report:</strong> ${count(names.length, 'project')} of the study
      ${names.length === 1 ? 'has' : 'have'} not been collected:
      ${names.map((name, i) => markup`${i > 0 && ', '}<bdi>${name}</bdi>`)}.
    </p>
  </div>`;
}

/** What a reader gets in ten seconds: four questions about each project, answered. */
export function overviewSection(sheet: Sheet): Html {
  const { result, summaries } = sheet;
  const stale = staleText(summaries, result.asOf);
  return markup`<section id="overview" aria-labelledby="overview-title">
    <h2 id="overview-title">Overview</h2>
    <p class="lead">${overall(summaries, result.asOf)}</p>
    ${stale !== null && markup`<p class="warning" role="note"><strong>Old copies?</strong> ${stale}</p>`}
    ${
      summaries.length > CARDS
        ? glance(sheet)
        : summaries.length > 0 &&
          markup`<ul class="cards">
            ${summaries.map((_, i) => card(sheet, i))}
          </ul>`
    }
    ${
      summaries.length > 0 &&
      markup`<p class="key">
        <span class="short good">${SIGNS.good}</span> favourable, <span class="short fair">${SIGNS.fair}</span> so-so,
        <span class="short bad">${SIGNS.bad}</span> a reason to look closer, <span class="short unknown">${SIGNS.unknown}</span> not known.
        A finished program may be quiet for good reason; the figures count commits, not worth.
      </p>`
    }
    ${missing(result)}
  </section>`;
}
