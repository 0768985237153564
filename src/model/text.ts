// C0 and C1 controls, and the marks that reorder or hide text (bidi embeddings, isolates, zero-width, BOM).
// oxlint-disable-next-line no-control-regex -- these are what the function is for
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/**
 * Makes text from outside harmless where it is shown (terminal, Markdown, page): control and reordering characters
 * become visible escapes (`\u{202e}`). Newlines and tabs are kept; `line` folds them too.
 */
export function visible(text: string): string {
  return text.replace(UNSAFE, (c) => `\\u{${c.charCodeAt(0).toString(16)}}`);
}

/** `visible`, on one line. */
export function visibleLine(text: string): string {
  return visible(text.replace(/[\t\n]+/g, ' '));
}
