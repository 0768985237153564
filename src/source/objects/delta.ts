// Git's delta format (gitformat-pack): two sizes, then copies from the base and literal runs.

/** Copied one by one: for more, setting up the call that copies them all is worth it. */
const FEW = 128;

/** Reads the variable-length size at `at`; NaN when it doesn't end before `end`. */
export function deltaSize(bytes: Uint8Array, at: number, end: number): number {
  let size = 0;
  for (let scale = 1; at < end; scale *= 128) {
    const byte = bytes[at++];
    size += (byte & 0x7f) * scale;
    if (byte < 0x80) return size;
  }
  return NaN;
}

/** Where the size at `at` ends. */
export function afterDeltaSize(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && bytes[at] >= 0x80) at++;
  return at + 1;
}

/** How many bytes the instructions `delta[from .. end]` make, without making them. */
export function deltaOutput(delta: Uint8Array, from: number, end: number): number {
  let size = 0;
  for (let pos = from; pos < end;) {
    const op = delta[pos++];
    if (op & 0x80) {
      let length = 0;
      for (let bit = 0x01; bit <= 0x08; bit <<= 1) if (op & bit) pos++;
      if (op & 0x10) length = delta[pos++];
      if (op & 0x20) length |= delta[pos++] << 8;
      if (op & 0x40) length |= delta[pos++] << 16;
      size += length === 0 ? 0x10000 : length;
    } else {
      size += op;
      pos += op;
    }
  }
  return size;
}

/**
 * Runs the instructions `delta[from .. end]` (sizes already read) on `base[baseStart .. baseEnd]`, and writes exactly
 * `size` bytes to `out` from `at` on. False when they don't fit together.
 */
export function applyDelta(
  delta: Uint8Array,
  from: number,
  end: number,
  base: Uint8Array,
  baseStart: number,
  baseEnd: number,
  out: Uint8Array,
  at: number,
  size: number,
): boolean {
  const stop = at + size;
  let pos = from;
  let to = at;
  while (pos < end) {
    const op = delta[pos++];
    if (op & 0x80) {
      let offset = 0;
      let length = 0;
      if (op & 0x01) offset = delta[pos++];
      if (op & 0x02) offset |= delta[pos++] << 8;
      if (op & 0x04) offset |= delta[pos++] << 16;
      if (op & 0x08) offset += delta[pos++] * 0x1000000;
      if (op & 0x10) length = delta[pos++];
      if (op & 0x20) length |= delta[pos++] << 8;
      if (op & 0x40) length |= delta[pos++] << 16;
      if (length === 0) length = 0x10000;
      let source = baseStart + offset;
      if (pos > end || source + length > baseEnd || to + length > stop) return false;
      if (length < FEW) {
        for (const until = to + length; to < until;) out[to++] = base[source++];
      } else {
        out.set(base.subarray(source, source + length), to);
        to += length;
      }
    } else {
      if (op === 0 || pos + op > end || to + op > stop) return false;
      for (const until = to + op; to < until;) out[to++] = delta[pos++];
    }
  }
  return to === stop;
}
