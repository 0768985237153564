import type { Result } from '../../model/result.js';
import { causeTexts, figureLines, leadText, scoreTexts, tableTexts } from '../changes-text.js';
import { longDay } from '../figure-text.js';
import { markup, type Html, type Part } from '../html.js';
import { scrolling, table } from './table.js';

function items(texts: readonly string[]): Html {
  return markup`<ul>
    ${texts.map((text) => markup`<li><bdi>${text}</bdi></li>`)}
  </ul>`;
}

/** What changed since an earlier run; null where the report was not asked for it. */
export function changesSection({ changes }: Result): Html | null {
  if (!changes) return null;
  const since = `What changed since ${longDay(changes.before.asOf)}`;
  const heads = ['Figure', 'Project', 'Before', 'After', 'Unit', 'Better or worse', 'Because of'];
  const rows = figureLines(changes.figures).map((line): Part[] => [
    line.figure,
    markup`<bdi>${line.project}</bdi>`,
    line.before,
    line.after,
    line.unit,
    line.direction ?? '',
    line.why,
  ]);
  return markup`<section id="changes" aria-labelledby="changes-title">
    <h2 id="changes-title">${since}</h2>
    <p class="lead">${leadText(changes)}</p>
    ${changes.causes.length === 0 ? markup`<p>Nothing that the figures rest on changed.</p>` : items(causeTexts(changes))}
    ${rows.length > 0 && scrolling('Headline figures that changed', table('Headline figures that changed', heads, rows, [2, 3]))}
    ${
      changes.tables.length > 0 &&
      markup`<details>
        <summary>Tables that changed</summary>
        ${items(tableTexts(changes))}
      </details>`
    }
    ${
      (changes.scores ?? []).length > 0 &&
      markup`<details>
        <summary>Candidates judged otherwise</summary>
        ${items(scoreTexts(changes))}
      </details>`
    }
  </section>`;
}
