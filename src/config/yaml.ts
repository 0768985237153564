import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';
import type { Problem } from './problem.js';

type Path = readonly PropertyKey[];

/** A parsed YAML file: its value, and where in the text each part of it stands. */
export interface YamlText {
  value: unknown;
  /** Where the value at a path begins, or (with `key`) that key of the mapping there; for a missing part, what holds it. */
  locate(path: Path, key?: string): { line: number; column: number };
}

const WORDING: Record<string, string> = {
  MULTIPLE_DOCS: "holds several documents ('---'); only one is allowed",
  TAB_AS_INDENT: 'tabs may not indent; use blanks',
};

function keyText(pair: Pair): string | null {
  return isScalar(pair.key) ? String(pair.key.value) : null;
}

/**
 * What the parser lets through but a configuration doesn't need: aliases (with which a small file can stand for a huge
 * one), tags, keys that are no words. Duplicate keys are found here too; the parser takes quadratic time for that.
 */
function oddities(document: Document.Parsed, at: (offset: number) => { line: number; column: number }): Problem[] {
  const problems: Problem[] = [];
  const say = (node: unknown, message: string): void => {
    const offset = (node as Node | null)?.range?.[0] ?? 0;
    problems.push({ ...at(offset), path: '', message });
  };
  visit(document, {
    Alias(_, node) {
      say(node, `aliases (*${node.source}) are not supported; write the value out`);
    },
    Map(_, map) {
      const seen = new Map<string, Node>();
      for (const pair of map.items) {
        const key = keyText(pair);
        if (key === null) {
          say(pair.key, 'a key must be a plain word');
          continue;
        }
        const first = seen.get(key);
        if (first) say(pair.key, `duplicate key '${key}' (first on line ${at(first.range?.[0] ?? 0).line})`);
        else seen.set(key, pair.key as Node);
      }
    },
  });
  for (const warning of document.warnings) problems.push({ ...at(warning.pos[0]), path: '', message: warning.message });
  return problems;
}

/** Finds the parts of a document. Every mapping is indexed once, for a hostile one may have very many keys. */
class Places {
  readonly #pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

  pair(map: YAMLMap, key: string): Pair | undefined {
    let pairs = this.#pairs.get(map);
    if (!pairs) {
      pairs = new Map(map.items.map((pair) => [keyText(pair) ?? '', pair]));
      this.#pairs.set(map, pairs);
    }
    return pairs.get(key);
  }

  child(node: unknown, step: PropertyKey): Node | null {
    if (isMap(node)) return (this.pair(node, String(step))?.value as Node | undefined) ?? null;
    if (isSeq(node) && typeof step === 'number') return (node.items[step] as Node | undefined) ?? null;
    return null;
  }
}

function parse(text: string): YamlText | Problem[] {
  const lines = new LineCounter();
  const at = (offset: number): { line: number; column: number } => {
    const { line, col } = lines.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const options = { lineCounter: lines, prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
  const document = parseDocument(text, options);
  // The parser turns a stack overflow of its own into one more error.
  if (document.errors.some((error) => error.message.includes('call stack'))) throw new RangeError('call stack');
  const problems = document.errors.map((error): Problem => ({
    ...at(error.pos[0]),
    path: '',
    message: WORDING[error.code] ?? error.message,
  }));
  if (problems.length === 0) problems.push(...oddities(document, at));
  if (problems.length > 0) return problems;

  const places = new Places();
  return {
    value: document.toJS() as unknown,
    locate(path, key) {
      let node: Node | null = document.contents;
      let offset = node?.range?.[0] ?? 0;
      for (const step of path) {
        node = places.child(node, step) as typeof node;
        if (node?.range) offset = node.range[0];
        else break;
      }
      if (key !== undefined && isMap(node)) {
        offset = (places.pair(node, key)?.key as Node | undefined)?.range?.[0] ?? offset;
      }
      return at(offset);
    },
  };
}

/** Parses one YAML document. Returns its problems instead when it has any. */
export function parseYaml(text: string): YamlText | Problem[] {
  try {
    return parse(text);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return [{ line: 1, column: 1, path: '', message: 'is nested too deeply' }];
  }
}
