const ADDRESS = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** An IPv4 address as a number; null where the text is none (leading zeros, which some read as octal, included). */
export function ipv4(text: string): number | null {
  const parts = ADDRESS.exec(text)?.slice(1) ?? [];
  if (parts.length !== 4 || parts.some((part) => Number(part) > 255 || (part.length > 1 && part.startsWith('0')))) {
    return null;
  }
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

function ipv4Text(address: number): string {
  return [24, 16, 8, 0].map((bits) => Math.floor(address / 2 ** bits) % 256).join('.');
}

export interface Subnet {
  /** First and last address: those of the network itself and of its broadcast. */
  first: number;
  last: number;
  /** Bits of the network: 24. */
  prefix: number;
}

/** `172.17.18.0/24`; null where the text is none, or the address before the slash has bits of a host. */
export function subnet(text: string): Subnet | null {
  const [, address = '', bits = ''] = /^([\d.]+)\/(\d{1,2})$/.exec(text) ?? [];
  const first = ipv4(address);
  const prefix = Number(bits);
  if (first === null || bits === '' || prefix > 32) return null;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : null;
}

/** True for an address that a host of the subnet can have. */
export function isHostOf(address: number, { first, last, prefix }: Subnet): boolean {
  return prefix >= 31 ? address >= first && address <= last : address > first && address < last;
}

/** `255.255.255.0`. */
export function netmask({ prefix }: Subnet): string {
  return ipv4Text(2 ** 32 - 2 ** (32 - prefix));
}
