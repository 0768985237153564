/** An element of the small, regular subset of XML that vega writes. */
interface Node {
  name: string;
  attributes: Map<string, string>;
  children: (Node | string)[];
}

/** Presentation attributes that children take over from a group. */
const INHERITED = [
  'fill',
  'fill-opacity',
  'font-family',
  'font-size',
  'font-style',
  'font-weight',
  'stroke',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-opacity',
  'stroke-width',
  'text-anchor',
];
const DROPPED = new Set([
  'aria-hidden',
  'aria-label',
  'aria-roledescription',
  'class',
  'href',
  'pointer-events',
  'role',
  'style',
  'xlink:href',
]);
const NUMERIC = new Set(['d', 'height', 'transform', 'width', 'x', 'x1', 'x2', 'y', 'y1', 'y2']);

function parse(svg: string): Node {
  const root: Node = { name: '', attributes: new Map(), children: [] };
  const open = [root];
  for (const match of svg.matchAll(/<(\/?)([\w:]+)((?:\s+[\w:-]+="[^"]*")*)\s*(\/?)>|([^<]+)/g)) {
    const [, closing, name = '', attributes = '', selfClosing, text] = match;
    const parent = open.at(-1) ?? root;
    if (text !== undefined) {
      parent.children.push(text);
    } else if (closing) {
      open.pop();
    } else {
      const pairs = [...attributes.matchAll(/([\w:-]+)="([^"]*)"/g)];
      const node: Node = {
        name,
        attributes: new Map(pairs.map(([, key, value]) => [key ?? '', value ?? ''])),
        children: [],
      };
      parent.children.push(node);
      if (!selfClosing) open.push(node);
    }
  }
  return root;
}

function round(value: string): string {
  return value.replace(/-?\d+\.\d{2,}(?:e-?\d+)?/g, (digits) => String(Math.round(Number(digits) * 10) / 10));
}

/** Nothing to see: no outline, no extent, or vega's way of hiding a label that would overlap. */
function isInvisible({ name, attributes, children }: Node): boolean {
  if (attributes.get('opacity') === '0' || attributes.get('display') === 'none') return true;
  if (name === 'g') return children.length === 0;
  const outline = attributes.get('d');
  if (name === 'path' && (outline === '' || outline === 'M0,0h0v0h0Z')) return true;
  const unpainted = !attributes.has('stroke') && !attributes.has('fill');
  return name === 'path' && unpainted && attributes.get('class') === 'background';
}

function cleaned(node: Node, prefix: string): Node {
  const attributes = new Map<string, string>();
  for (const [key, value] of node.attributes) {
    if (DROPPED.has(key) || (key === 'opacity' && value === '1') || value === 'translate(0,0)') continue;
    let text = NUMERIC.has(key) ? round(value) : value;
    if (key === 'id') text = prefix + text;
    attributes.set(key, text.replace(/url\(#/g, `url(#${prefix}`));
  }
  const children = node.children.flatMap((child): (Node | string)[] => {
    if (typeof child === 'string') return [child];
    const clean = cleaned(child, prefix);
    const check = { ...clean, attributes: child.attributes };
    return isInvisible(check) ? [] : [clean];
  });
  return { name: node.name, attributes, children };
}

/** Moves what all children of a group say alike to the group. */
function hoist(node: Node): void {
  for (const child of node.children) if (typeof child !== 'string') hoist(child);
  const elements = node.children.filter((child) => typeof child !== 'string');
  const [first] = elements;
  if (node.name !== 'g' || !first || elements.length < 2) return;
  for (const key of INHERITED) {
    const value = first.attributes.get(key);
    if (value === undefined || elements.some((child) => child.attributes.get(key) !== value)) continue;
    node.attributes.set(key, value);
    for (const child of elements) child.attributes.delete(key);
  }
}

/** Takes groups that say nothing out of the tree. */
function flatten(node: Node): void {
  node.children = node.children.flatMap((child): (Node | string)[] => {
    if (typeof child === 'string') return [child];
    flatten(child);
    return child.name === 'g' && child.attributes.size === 0 ? child.children : [child];
  });
}

/** Shapes of one look that follow each other become one path; hundreds of days of a calendar shrink to a few. */
function merge(node: Node): void {
  const merged: (Node | string)[] = [];
  let last: { look: string; node: Node } | undefined;
  for (const child of node.children) {
    if (typeof child !== 'string') merge(child);
    const placed = typeof child === 'string' ? null : placedOutline(child);
    if (typeof child === 'string' || placed === null) {
      last = undefined;
      merged.push(child);
      continue;
    }
    child.attributes.set('d', placed);
    child.attributes.delete('transform');
    const look = JSON.stringify([...child.attributes].filter(([key]) => key !== 'd').sort());
    // Where shapes are see-through, one on top of the other looks different from both at once.
    if (last?.look === look && !look.includes('opacity')) {
      last.node.attributes.set('d', (last.node.attributes.get('d') ?? '') + placed);
    } else {
      last = { look, node: child };
      merged.push(child);
    }
  }
  node.children = merged;
}

function shift(a = '0', b = '0'): string {
  return String(Math.round((Number(a) + Number(b)) * 10) / 10);
}

/** The outline of a rectangle with its place worked in; null for anything else. */
function placedOutline({ name, attributes }: Node): string | null {
  const at = /^translate\((-?[\d.]+),(-?[\d.]+)\)$/.exec(attributes.get('transform') ?? 'translate(0,0)');
  const start = /^M(-?[\d.]+),(-?[\d.]+)(h[-\d.]+v[-\d.]+h[-\d.]+Z)$/.exec(attributes.get('d') ?? '');
  if (name !== 'path' || !at || !start) return null;
  return `M${shift(start[1], at[1])},${shift(start[2], at[2])}${start[3]}`;
}

function write(node: Node | string): string {
  if (typeof node === 'string') return node;
  const inner = node.children.map(write).join('');
  if (node.name === '') return inner;
  const attributes = [...node.attributes].map(([key, value]) => ` ${key}="${value}"`).join('');
  return inner === '' ? `<${node.name}${attributes}/>` : `<${node.name}${attributes}>${inner}</${node.name}>`;
}

/**
 * Makes vega's SVG small and fit for a strict content security policy: no style attributes, no marks for assistive
 * technology inside the picture (its figure carries them), coordinates to a tenth of a pixel.
 */
export function compactSvg(svg: string, prefix: string): string {
  const root = cleaned(parse(svg), prefix);
  hoist(root);
  flatten(root);
  merge(root);
  return write(root);
}
