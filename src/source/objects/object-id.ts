/** Bytes of an object id (SHA-1). */
export const OID_BYTES = 20;

const TEXT = /^[0-9a-f]{40}$/;
const DIGIT = new Int8Array(256).fill(-1);
for (let value = 0; value < 16; value++) {
  DIGIT[value.toString(16).charCodeAt(0)] = value;
  DIGIT[value.toString(16).toUpperCase().charCodeAt(0)] = value;
}

/** The tree with nothing in it: git knows it without having it. */
export const EMPTY_TREE = Buffer.from('4b825dc642cb6eb9a060e54bf8d69288fbee4904', 'hex');

export function isOid(text: string): boolean {
  return TEXT.test(text);
}

/** Reads 40 hexadecimal digits at `at` into the first 20 bytes of `into`; false when they are none. */
export function readHexOid(bytes: Uint8Array, at: number, into: Uint8Array): boolean {
  if (at + 2 * OID_BYTES > bytes.length) return false;
  for (let i = 0; i < OID_BYTES; i++) {
    const high = DIGIT[bytes[at + 2 * i]];
    const low = DIGIT[bytes[at + 2 * i + 1]];
    if (high < 0 || low < 0) return false;
    into[i] = (high << 4) | low;
  }
  return true;
}
