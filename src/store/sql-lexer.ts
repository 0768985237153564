type TokenKind = 'word' | 'string' | 'quoted' | 'parameter' | 'number' | 'comment' | 'space' | 'sign';

export interface Token {
  kind: TokenKind;
  /** As written, quotes included. */
  text: string;
}

const PATTERNS: [TokenKind, RegExp][] = [
  ['space', /\s+/y],
  ['comment', /--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)/y],
  ['string', /'(?:[^']|'')*'?/y],
  ['quoted', /"(?:[^"]|"")*"?/y],
  ['word', /`(?:[^`]|``)*`?|\[[^\]]*\]?|[\p{L}_][\p{L}\p{N}_$]*/uy],
  ['parameter', /[:@$][\p{L}_][\p{L}\p{N}_]*|\?\d*/uy],
  ['number', /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\w*/y],
  ['sign', /[\s\S]/y],
];

/** Cuts SQL into tokens; joined again they are the text. Good enough to find words, strings and parameters. */
export function tokenize(sql: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    for (const [kind, pattern] of PATTERNS) {
      pattern.lastIndex = at;
      const text = pattern.exec(sql)?.[0];
      if (text === undefined) continue;
      tokens.push({ kind, text });
      at += text.length;
      break;
    }
  }
  return tokens;
}

/** Without spaces and comments. */
export function meaningful(tokens: readonly Token[]): Token[] {
  return tokens.filter(({ kind }) => kind !== 'space' && kind !== 'comment');
}

/** What a double-quoted token says. */
export function unquoted(text: string): string {
  return text.replace(/^"|"$/g, '').replaceAll('""', '"');
}

/** A text as an SQL string literal. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
