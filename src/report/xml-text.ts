import { visible } from '../model/text.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for an element or a quoted attribute of XML 1.0, which has no place for most control characters. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

/** An element; `content` is XML already, null: empty. */
function element(name: string, attributes: Record<string, string | number>, content: string | null): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  return content === null ? `<${name}${words.join('')}/>` : `<${name}${words.join('')}>${content}</${name}>`;
}

/** An element that holds nothing but text. */
export function textElement(name: string, text: string, attributes: Record<string, string | number> = {}): string {
  return element(name, attributes, xmlText(text));
}

/** An element around others, a line each. */
export function group(name: string, attributes: Record<string, string | number>, children: readonly string[]): string {
  if (children.length === 0) return element(name, attributes, null);
  const inner = children.map((child) => child.replace(/^(?=<)/, '  ')).join('\n');
  return element(name, attributes, `\n${inner}\n`);
}

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>';
