const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

export interface Xml {
  name: string;
  attributes: Record<string, string>;
  children: Xml[];
}

export function xml(name: string, attributes: Record<string, string>, children: (Xml | null)[] = []): Xml {
  return { name, attributes, children: children.filter((child) => child !== null) };
}

/** Indented by two blanks, an element a line. */
export function xmlText({ name, attributes, children }: Xml, indent = ''): string {
  const words = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  const open = `${indent}<${name}${words.join('')}`;
  if (children.length === 0) return `${open}/>\n`;
  return `${open}>\n${children.map((child) => xmlText(child, `${indent}  `)).join('')}${indent}</${name}>\n`;
}
