import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { encodeIndex } from './transport-index-file.js';

const TYPES = { commit: 1, tree: 2, tag: 4 } as const;

/** Collects objects into one git pack without deltas, and makes its index. */
export class PackWriter {
  readonly #chunks: Buffer[] = [];
  readonly #oids: Buffer[] = [];
  readonly #crcs: number[] = [];
  readonly #offsets: number[] = [];
  #size = 12;

  /** Adds an object and returns its id. Don't add the same object twice. */
  add(type: keyof typeof TYPES, content: string): string {
    const data = Buffer.from(content, 'utf8');
    const oid = createHash('sha1').update(`${type} ${data.length}\0`).update(data).digest();
    // Level 0 stores without compressing, so that the bytes don't depend on which zlib a machine has.
    const entry = Buffer.concat([header(TYPES[type], data.length), deflateSync(data, { level: 0 })]);
    this.#chunks.push(entry);
    this.#oids.push(oid);
    this.#crcs.push(crc32(entry));
    this.#offsets.push(this.#size);
    this.#size += entry.length;
    return oid.toString('hex');
  }

  /** The pack's and the index's bytes, and the checksum (hexadecimal) that names both files. */
  finish(): { pack: Buffer; index: Buffer; checksum: string } {
    const start = Buffer.from('PACK\0\0\0\x02\0\0\0\0', 'latin1');
    start.writeUInt32BE(this.#oids.length, 8);
    const body = Buffer.concat([start, ...this.#chunks]);
    const packChecksum = createHash('sha1').update(body).digest();
    const index = encodeIndex({
      count: this.#oids.length,
      oids: Buffer.concat(this.#oids),
      crcs: Uint32Array.from(this.#crcs),
      offsets: Float64Array.from(this.#offsets),
      packChecksum,
    });
    return { pack: Buffer.concat([body, packChecksum]), index, checksum: packChecksum.toString('hex') };
  }
}

/** Type and size of a packed object: four bits of the size in the first byte, then seven a byte. */
function header(type: number, size: number): Buffer {
  const bytes = [(type << 4) | (size & 15)];
  for (let rest = size >>> 4; rest > 0; rest >>>= 7) {
    bytes.push((bytes.pop() ?? 0) | 0x80, rest & 0x7f);
  }
  return Buffer.from(bytes);
}
