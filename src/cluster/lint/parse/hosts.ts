export interface HostLine {
  address: string;
  names: string[];
  line: number;
}

export function readHosts(text: string): HostLine[] {
  return text.split('\n').flatMap((whole, i): HostLine[] => {
    const [address, ...names] = whole.replace(/#.*/, '').trim().split(/\s+/);
    return address ? [{ address, names, line: i + 1 }] : [];
  });
}

/** `KEY=value` lines of a settings file; quotes taken off. */
export function readSettings(text: string): Map<string, { value: string; line: number }> {
  const found = text.split('\n').flatMap((whole, i) => {
    const [, name, value = ''] = /^\s*(\w+)=(.*)$/.exec(whole) ?? [];
    return name === undefined
      ? []
      : [[name, { value: value.trim().replace(/^(["'])(.*)\1$/, '$2'), line: i + 1 }] as const];
  });
  return new Map(found);
}
