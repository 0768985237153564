import { markup, trusted, type Html, type Part } from '../html.js';
import { scrolling } from './table.js';

/**
 * A table in a box that scrolls, the first cell of each row its heading. There are a great many of these cells: end tags
 * and quotes that HTML can do without are left out. `numeric`: columns that are set to the right.
 */
export function leanTable(
  caption: string,
  heads: readonly Part[],
  rows: readonly (readonly Part[])[],
  numeric: readonly number[] = [],
): Html {
  const tag = (i: number) => (numeric.includes(i) ? trusted(' class=n') : '');
  const line = (row: readonly Part[]): Html =>
    markup`<tr>${row.map((part, i) => (i === 0 ? markup`<th scope=row${tag(i)}>${part}` : markup`<td${tag(i)}>${part}`))}`;
  return scrolling(
    caption,
    markup`<table><caption>${caption}</caption>
<thead><tr>${heads.map((head, i) => markup`<th scope=col${tag(i)}>${head}`)}</thead>
<tbody>${rows.map(line)}</tbody></table>`,
  );
}
