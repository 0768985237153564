import type { PastRun } from '../../model/run-history.js';
import { longDay } from '../figure-text.js';
import {
  courseCells,
  coursesOf,
  drawnRuns,
  historyLead,
  MOST_LISTED,
  runEvents,
  type Course,
} from '../history-text.js';
import { isolated, markup, type Html, type Part } from '../html.js';
import { colourClass, namer, safeName } from '../identity.js';
import type { Sheet } from '../sheet.js';
import { alarmsPart } from './alarms.js';
import { scrolling, table } from './table.js';
import { trend } from './trend.js';

const CAPTION = 'Each line goes from its lowest figure at the foot to its highest at the top.';
const HEADS = ['Figure', 'Over the runs', 'Newest', 'First', 'Lowest to highest'];

/** Where each run is between the first and the last: by its day, or by its turn where all are of one day. */
function places(runs: readonly PastRun[]): Map<PastRun, number> {
  const times = runs.map(({ day }) => Date.parse(day));
  const [first, last] = [times[0] ?? 0, times.at(-1) ?? 0];
  const at = (i: number): number =>
    last > first ? (times[i]! - first) / (last - first) : i / Math.max(1, runs.length - 1);
  return new Map(runs.map((run, i) => [run, at(i)]));
}

/** Leads to the figure itself, where the report has it. */
function title({ title: text, unit, query }: Course, sheet: Sheet, index: number): Html {
  const { anchors, headlines } = sheet;
  const isThere = query !== null && headlines[index]?.some(({ info }) => info.id === query);
  const place = isThere ? `${anchors.projects[index]}/${anchors.figure(query)}` : null;
  return markup`${place === null ? isolated(text) : markup`<a href="#${place}">${text}</a>`}<span class="remark">${unit}</span>`;
}

function row(course: Course, at: ReadonlyMap<PastRun, number>, marks: readonly number[], head: Html): Part[] {
  const { newest, first, range } = courseCells(course);
  const points = course.points.map(({ run, value }) => ({ at: at.get(run) ?? 0, value }));
  return [head, trend(points, marks), newest, first, range];
}

function projectPart(sheet: Sheet, index: number, runs: readonly PastRun[], id: string): Html | null {
  const { name } = sheet.result.projects[index]!;
  const courses = coursesOf(sheet.result, runs, name);
  const events = runEvents(runs, name);
  if (courses.length === 0 && events.length === 0) return null;
  const at = places(runs);
  const marks = events.map(({ run }) => at.get(run) ?? 0);
  const rows = courses.map((course) => row(course, at, marks, title(course, sheet, index)));
  return markup`<div class="over ${colourClass(index)}">
    <h3 id="${id}"><bdi>${name}</bdi> over time</h3>
    ${rows.length > 0 && scrolling(`${name} over time`, table(CAPTION, HEADS, rows, [2, 3, 4]))}
    ${
      events.length > 0 &&
      markup`<p class="key"><span class="swatch cut"></span> a run that saw the history itself change:</p>
        <ul>
          ${events
            .slice(0, MOST_LISTED)
            .map(({ run, text }) => markup`<li>${longDay(run.day)}: <bdi>${text}</bdi></li>`)}
          ${events.length > MOST_LISTED && markup`<li>and ${events.length - MOST_LISTED} before</li>`}
        </ul>`
    }
  </div>`;
}

/** Figures, scores and alarms over the kept runs; null where the report has none. */
export function historySection(sheet: Sheet): Html | null {
  const { history, projects } = sheet.result;
  if (!history) return null;
  const runs = drawnRuns(history);
  const id = namer();
  const ids = { holding: id('history/alarms'), past: id('history/past-alarms') };
  return markup`<section id="history" aria-labelledby="history-title">
    <h2 id="history-title">Over time</h2>
    <p class="lead">${historyLead(history)}</p>
    ${alarmsPart(history.alarms, ids)}
    ${projects.map(({ name }, index) => projectPart(sheet, index, runs, id(`history/${safeName(name)}`)))}
  </section>`;
}
