import { markup, trusted, type Html } from '../html.js';
import type { ProjectSummary } from '../summary.js';

const HEIGHT = 36;

/** Commits a year as small bars, a year without commits as a gap; nothing where the years are not known. */
export function spark(years: ProjectSummary['perYear']): Html | null {
  const first = years[0]?.year;
  const last = years.at(-1)?.year;
  if (first === undefined || last === undefined || last - first > 80) return null;
  const most = Math.max(...years.map((entry) => entry.commits), 1);
  const bars = years.map(({ year, commits }) => {
    const height = Math.max(1, Math.round((commits / most) * HEIGHT * 10) / 10);
    return `M${(year - first) * 8},${HEIGHT}v-${height}h6v${height}z`;
  });
  const width = (last - first + 1) * 8 - 2;
  return markup`<div class="spark">
    <svg viewBox="0 0 ${width} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      ${trusted(`<path d="${bars.join('')}"/>`)}
    </svg>
    <p><span>${first}</span><span>commits a year</span><span>${last}</span></p>
  </div>`;
}
