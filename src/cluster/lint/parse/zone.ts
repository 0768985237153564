interface ZoneRecord {
  /** As written; empty: that of the record before. */
  owner: string;
  type: string;
  data: string[];
  line: number;
}

const TYPES = new Set(['SOA', 'NS', 'MX', 'A', 'AAAA', 'CNAME', 'PTR', 'TXT', 'SRV']);

export interface Zone {
  hasTtl: boolean;
  records: ZoneRecord[];
}

/** The records of a zone's file, as far as a linter needs them: parentheses are joined, `$ORIGIN` is not followed. */
export function readZone(text: string): Zone {
  const zone: Zone = { hasTtl: false, records: [] };
  const lines = text.split('\n').map((line) => line.replace(/;.*/, ''));
  for (let i = 0; i < lines.length; i++) {
    const start = i;
    let whole = lines[i]!;
    while (whole.includes('(') && !whole.includes(')') && i + 1 < lines.length) whole += ` ${lines[++i]!}`;
    if (/^\$TTL\s/.test(whole)) zone.hasTtl = true;
    if (/^\s*$/.test(whole) || whole.startsWith('$')) continue;
    const hasOwner = !/^\s/.test(whole);
    const words = whole.replace(/[()]/g, ' ').trim().split(/\s+/);
    const owner = hasOwner ? (words.shift() ?? '') : '';
    // Class and time to live may stand in either order.
    while (words[0] !== undefined && (/^(IN|CH|HS)$/i.test(words[0]) || /^\d+[smhdw]?$/i.test(words[0]))) words.shift();
    const type = (words.shift() ?? '').toUpperCase();
    if (TYPES.has(type)) zone.records.push({ owner, type, data: words, line: start + 1 });
  }
  return zone;
}
