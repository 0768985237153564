/** A section of corosync.conf: keys, and the sections in it. */
export interface Section {
  name: string;
  line: number;
  keys: { name: string; value: string; line: number }[];
  sections: Section[];
}

/** Reads corosync.conf's braces; what is malformed is left to corosync to complain of. */
export function readSections(text: string): Section {
  const root: Section = { name: '', line: 1, keys: [], sections: [] };
  const open = [root];
  text.split('\n').forEach((whole, i) => {
    const line = whole.replace(/^\s*#.*/, '').trim();
    const section = /^(\w+)\s*\{$/.exec(line)?.[1];
    const current = open.at(-1)!;
    if (section !== undefined) {
      const made: Section = { name: section, line: i + 1, keys: [], sections: [] };
      current.sections.push(made);
      open.push(made);
    } else if (line === '}' && open.length > 1) open.pop();
    else {
      const [, name, value = ''] = /^(\w+):\s*(.*)$/.exec(line) ?? [];
      if (name !== undefined) current.keys.push({ name, value, line: i + 1 });
    }
  });
  return root;
}

export function sectionsNamed(root: Section, name: string): Section[] {
  return root.sections.flatMap((one) => [...(one.name === name ? [one] : []), ...sectionsNamed(one, name)]);
}

export function keyOf({ keys }: Section, name: string): { value: string; line: number } | undefined {
  return keys.find((key) => key.name === name);
}
