import { visible } from '../model/text.js';

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/** Text for an element or a quoted attribute of XML 1.0, which has no place for most control characters. */
export function xmlText(text: string): string {
  return visible(text)
    .replace(/[\p{Surrogate}\ufffe\uffff]/gu, '\ufffd')
    .replace(/[&<>"']/g, (c) => ENTITIES[c] ?? c);
}

type Attributes = Record<string, string | number>;

/** An element: with others in it, with text, or with nothing. */
export interface Xml {
  name: string;
  attributes: Attributes;
  content: string | readonly Xml[];
}

export function xml(name: string, attributes: Attributes, content: Xml['content'] = []): Xml {
  return { name, attributes, content };
}

/** A document, an element a line; texts stand as they are. */
export function xmlDocument(root: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${written(root, '')}`;
}

function written({ name, attributes, content }: Xml, indent: string): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${xmlText(String(value))}"`);
  const open = `${indent}<${name}${words.join('')}`;
  if (content.length === 0) return `${open}/>\n`;
  if (typeof content === 'string') return `${open}>${xmlText(content)}</${name}>\n`;
  return `${open}>\n${content.map((child) => written(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}
