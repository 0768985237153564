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
