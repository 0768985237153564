import { isMap, isScalar, isSeq, parseDocument, stringify, type Document, type Node, type YAMLMap } from 'yaml';
import type { PersonAlias } from '../model/identities.js';
import { aliasText } from './person-alias.js';

export interface NewAlias {
  alias: PersonAlias;
  /** Stands behind the line. */
  comment: string;
}

/**
 * The text of an identity file with aliases added to a person, who is added too where the file lacks them. Lines that
 * stand there stay as they are, byte for byte; only where what is added to is written in flow style (`[a, b]`), the
 * file is laid out anew, with its comments.
 */
export function withAliases(
  text: string,
  person: { name: string; email: string },
  aliases: readonly NewAlias[],
): string {
  const document = parseDocument(text, { uniqueKeys: false });
  const people = document.get('people', true);
  const flows = isFlow(document.contents) || isFlow(people);
  const entry = isSeq(people) ? people.items.find((item): item is YAMLMap => isPerson(item, person)) : undefined;
  if (flows || isFlow(entry) || isFlow(entry?.get('aliases', true))) return laidOut(document, person, aliases);

  const lines = (indent: string) =>
    aliases.map(({ alias, comment }) => `${indent}- ${flat(aliasText(alias))}  # ${oneLine(comment)}`);
  if (entry) {
    const list = entry.get('aliases', true);
    const last = isSeq(list) ? (list.items.at(-1) as Node | undefined) : undefined;
    if (last) return insertedAfter(text, last, lines(indentOf(text, last)));
    if (entry.has('aliases')) return laidOut(document, person, aliases);
    const column = ' '.repeat(columnOf(text, entry));
    return insertedAfter(text, entry, [`${column}aliases:`, ...lines(`${column}  `)]);
  }
  const added = (indent: string) => [
    `${indent}- name: ${flat(person.name)}`,
    `${indent}  email: ${flat(person.email)}`,
    `${indent}  aliases:`,
    ...lines(`${indent}    `),
  ];
  const last = isSeq(people) ? (people.items.at(-1) as Node | undefined) : undefined;
  if (last) return insertedAfter(text, last, added(indentOf(text, last)));
  if (!isMap(document.contents)) return appended(text, ['people:', ...added('  ')]);
  if (!document.has('people')) return appended(text, ['people:', ...added('  ')]);
  const found = document.contents.items.find(({ key }) => isScalar(key) && key.value === 'people');
  return insertedAfter(text, found!.key as Node, added('  '));
}

function isFlow(node: unknown): boolean {
  return (isMap(node) || isSeq(node)) && node.flow === true;
}

function isPerson(item: unknown, { name, email }: { name: string; email: string }): boolean {
  if (!isMap(item)) return false;
  const same = (key: string, text: string) => String(item.get(key)).trim().toLowerCase() === text.toLowerCase();
  return same('name', name) && same('email', email);
}

/** A value on one line. */
function flat(value: unknown): string {
  // oxlint-disable-next-line no-control-regex -- what YAML would write on several lines, or not at all
  if (typeof value === 'string' && /[\u0000-\u001f\u007f-\u009f]/.test(value)) return JSON.stringify(value);
  return stringify(value, { lineWidth: 0, collectionStyle: 'flow' }).trim();
}

function oneLine(text: string): string {
  // oxlint-disable-next-line no-control-regex -- a comment must not end, nor steer a terminal
  return text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
}

/** Blanks before the dash of a list's item. */
function indentOf(text: string, item: Node): string {
  return ' '.repeat(text.lastIndexOf('-', item.range![0] - 1) - lineStart(text, item.range![0]));
}

function columnOf(text: string, node: Node): number {
  return node.range![0] - lineStart(text, node.range![0]);
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

/** Lines below the one on which a node ends. */
function insertedAfter(text: string, node: Node, lines: readonly string[]): string {
  // A block's end may lie behind its last newline.
  const end = text.slice(0, node.range![1]).trimEnd().length;
  const newline = text.indexOf('\n', end);
  const at = newline < 0 ? text.length : newline;
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const cut = text[at - 1] === '\r' ? at - 1 : at;
  return `${text.slice(0, cut)}${eol}${lines.join(eol)}${newline < 0 ? eol : text.slice(cut)}`;
}

function appended(text: string, lines: readonly string[]): string {
  return `${text}${text === '' || text.endsWith('\n') ? '' : '\n'}${lines.join('\n')}\n`;
}

function laidOut(document: Document, person: { name: string; email: string }, aliases: readonly NewAlias[]): string {
  const found = document.get('people', true);
  const people = isSeq(found) ? found : document.createNode<unknown[]>([]);
  if (!isSeq(found)) document.set('people', people);
  let entry = people.items.find((item): item is YAMLMap => isPerson(item, person));
  if (!entry) {
    entry = document.createNode({ ...person }) as YAMLMap;
    people.add(entry);
  }
  const before = entry.get('aliases', true);
  const list = isSeq(before) ? before : document.createNode<unknown[]>([]);
  if (!isSeq(before)) entry.set('aliases', list);
  for (const part of [document.contents, people, entry, list]) if (isMap(part) || isSeq(part)) part.flow = false;
  for (const { alias, comment } of aliases) {
    const node = document.createNode(aliasText(alias));
    node.comment = ` ${oneLine(comment)}`;
    list.add(node);
  }
  return document.toString({ lineWidth: 0 });
}
