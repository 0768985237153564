// In this order: texts and quoted names, comments, named parameters, words, positional parameters, numbers, the rest.
const TOKEN =
  /(?<quoted>'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\])|(?<comment>--[^\n]*|\/\*[\s\S]*?(?:\*\/|$))|(?<param>:[A-Za-z_]\w*)|(?<word>[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*)|(?<positional>\?\d*)|(?<blank>\s+)|(?<other>\d[\w.]*|[\s\S])/g;

type TokenKind = 'quoted' | 'comment' | 'param' | 'word' | 'positional' | 'blank' | 'other';

interface Token {
  kind: TokenKind;
  text: string;
  index: number;
}

function* tokens(sql: string): Generator<Token> {
  for (const match of sql.matchAll(TOKEN)) {
    const kind = Object.entries(match.groups ?? {}).find(([, text]) => text !== undefined)?.[0] as TokenKind;
    yield { kind, text: match[0], index: match.index };
  }
}

/**
 * A parameter whose name is all capitals may also stand in the SQL as a bare word, the way the thesis prints `XXXX`
 * for a year that its script put there.
 */
function isPlaceholder(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}

/** True when the text holds anything to run. */
export function hasStatement(sql: string): boolean {
  for (const { kind, text } of tokens(sql)) {
    if (kind !== 'comment' && kind !== 'blank' && text !== ';') return true;
  }
  return false;
}

/** Where each named parameter is first used; `declared` are names that may also stand as bare placeholders. */
export function usedParams(sql: string, declared: readonly string[]): Map<string, number> {
  const used = new Map<string, number>();
  for (const { kind, text, index } of tokens(sql)) {
    const name = kind === 'param' ? text.slice(1) : text;
    const counts = kind === 'param' || (kind === 'word' && isPlaceholder(text) && declared.includes(text));
    if (counts && !used.has(name)) used.set(name, index);
  }
  return used;
}

/** Where the first `?` parameter stands, or null. */
export function positionalParam(sql: string): number | null {
  for (const { kind, index } of tokens(sql)) if (kind === 'positional') return index;
  return null;
}

/** The SQL with bare placeholders of these names written as `:NAME`, outside texts and comments. */
export function bindPlaceholders(sql: string, names: readonly string[]): string {
  let bound = '';
  for (const { kind, text } of tokens(sql)) {
    bound += kind === 'word' && isPlaceholder(text) && names.includes(text) ? `:${text}` : text;
  }
  return bound;
}
