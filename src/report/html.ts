import { visible } from '../model/text.js';

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

/** Markup that is safe to put into a page as it stands. Only `markup` and `trusted` make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type Part = string | number | Html | null | undefined | false | readonly Part[];

/** Text for an element or a quoted attribute: markup, control and reordering characters lose their meaning. */
export function escapeHtml(text: string): string {
  return visible(text)
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"'`]/g, (c) => ENTITIES[c] ?? c);
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escapeHtml(String(part));
  return part.map(render).join('');
}

/**
 * A template whose values are escaped, whatever they are; lists are joined, null and false leave nothing behind. The
 * template's own indentation is left out of the page.
 */
export function markup(strings: TemplateStringsArray, ...values: Part[]): Html {
  const pieces = strings.map((piece) => piece.replace(/\n\s+/g, '\n'));
  return new Html(pieces.reduce((text, piece, i) => text + render(values[i - 1]) + piece));
}

/** Text among other text: kept apart where it may be written from right to left. */
export function isolated(text: string): Part {
  return /^[\p{Script=Latin}\p{Script=Common}]*$/u.test(text) ? text : markup`<bdi>${text}</bdi>`;
}

/** Markup from this program itself: never text from outside. */
export function trusted(text: string): Html {
  return new Html(text);
}
