import type { ProjectLedger, Succession } from '../../model/ledger.js';
import type { Result } from '../../model/result.js';
import { count } from '../figure-text.js';
import { markup, trusted, type Html } from '../html.js';
import { colourClass, namer, safeName } from '../identity.js';
import { eventText, eventTime, isEventful, seamText, vanishedTexts } from '../ledger-text.js';
import { scrolling, table } from './table.js';

function history(one: ProjectLedger, id: string): Html {
  const caption = `What happened to the history of ${one.project}`;
  const events = one.events.map((event) => [
    markup`<span class="nw">${event.seenAt}</span>`,
    markup`<bdi>${eventText(event)}</bdi>`,
    eventTime(event),
  ]);
  const vanished = vanishedTexts(one);
  return markup`<h3 id="${id}"><bdi>${one.project}</bdi></h3>
    ${events.length > 0 && scrolling(caption, table(caption, ['Seen (UTC)', 'What', 'When it happened'], events, []))}
    ${one.olderEvents > 0 && markup`<p>And ${count(one.olderEvents, 'older event')}.</p>`}
    ${
      vanished.length > 0 &&
      markup`<p>${count(one.vanished, 'commit')} that the store knows and the repository has no more; the figures leave them out.</p>
        <ul>
          ${vanished.map((text) => markup`<li><bdi>${text}</bdi></li>`)}
        </ul>`
    }`;
}

const HEIGHT = 72;

/** Months since the year 0 of `YYYY-MM`. */
function place(month: string): number {
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1;
}

/**
 * Commits a month of two histories as one series, the predecessor's and on top of them the successor's own; a line where
 * the successor begins to have commits of its own.
 */
function series({ months, begins }: Succession, colours: [before: string, after: string]): Html | null {
  const first = months[0]?.[0];
  const last = months.at(-1)?.[0];
  if (first === undefined || last === undefined) return null;
  const [from, to] = [place(first), place(last)];
  if (to - from > 1200) return null;
  const most = Math.max(1, ...months.map(([, before, after]) => before + after));
  const high = (commits: number) => Math.round((commits / most) * HEIGHT * 10) / 10;
  const bar = (month: string, bottom: number, height: number) =>
    height === 0 ? '' : `M${(place(month) - from) * 3},${HEIGHT - bottom}v-${height}h2v${height}z`;
  const before = months.map(([month, own]) => bar(month, 0, high(own))).join('');
  const after = months.map(([month, own, next]) => bar(month, high(own), high(next))).join('');
  const cut = begins === null ? '' : `<path class="cut" d="M${(place(begins) - from) * 3 - 0.5},0v${HEIGHT}"/>`;
  return markup`<div class="spark seam">
    <svg viewBox="0 0 ${(to - from + 1) * 3} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${trusted(`<path class="before ${colours[0]}" d="${before}"/><path class="after ${colours[1]}" d="${after}"/>${cut}`)}
    </svg>
    <p><span>${first}</span><span>commits a month, ${most} at the most</span><span>${last}</span></p>
  </div>`;
}

/** How the histories themselves changed between collects, and where one carries on another. Null: nothing to tell. */
export function ledgerSection({ ledger, successions, projects }: Result): Html | null {
  const name = namer();
  const colour = (project: string) => colourClass(projects.findIndex((one) => one.name === project));
  const eventful = ledger.filter(isEventful);
  if (eventful.length === 0 && successions.length === 0) return null;
  return markup`<section id="ledger" aria-labelledby="ledger-title">
    <h2 id="ledger-title">What happened to the histories</h2>
    ${
      eventful.length > 0 &&
      markup`<p>Seen by comparing one collect with the next: rewritten branches, commits that went away, renamed branches.</p>`
    }
    ${eventful.map((one) => history(one, name(`ledger/${safeName(one.project)}`)))}
    ${successions.map(
      (one) =>
        markup`<h3 id="${name(`ledger/${safeName(one.from)}-successor`)}"><bdi>${one.from}</bdi> and its successor</h3>
          <p>${seamText(one)}.</p>
          <div class="succession">
            ${series(one, [colour(one.from), colour(one.to)])}
            <p class="key"><span class="swatch ${colour(one.from)}"></span> in <bdi>${one.from}</bdi> <span class="swatch ${colour(one.to)}"></span> only in <bdi>${one.to}</bdi>${one.begins !== null && markup` <span class="swatch cut"></span> where <bdi>${one.to}</bdi> goes its own way`}</p>
          </div>`,
    )}
  </section>`;
}
