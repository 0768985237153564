/** A number in git's little-endian groups of seven bits, as deltas use it, and the position behind it. */
function size(delta: Buffer, at: number): [value: number, next: number] {
  let value = 0;
  let factor = 1;
  for (;;) {
    const byte = delta[at++];
    if (byte === undefined || factor > 2 ** 42) throw new RangeError('a delta breaks off');
    value += (byte & 0x7f) * factor;
    if (byte < 0x80) return [value, at];
    factor *= 128;
  }
}

/**
 * Builds an object from a git delta and its base (gitformat-pack, "Deltified representation"). RangeError when the
 * delta is damaged or isn't made for this base.
 */
export function applyDelta(delta: Buffer, base: Buffer): Buffer {
  const [baseSize, afterBase] = size(delta, 0);
  const [resultSize, start] = size(delta, afterBase);
  if (baseSize !== base.length) throw new RangeError('a delta has another base');
  // A delta can copy the same bytes again and again: what it may claim is held against what it could make.
  if (resultSize > delta.length * 0x1000000) throw new RangeError('a delta claims too much');
  const result = Buffer.allocUnsafe(resultSize);
  let at = start;
  let filled = 0;
  while (at < delta.length) {
    const code = delta[at++] ?? 0;
    if (code >= 0x80) {
      let offset = 0;
      let length = 0;
      for (let bit = 0; bit < 4; bit++) if (code & (1 << bit)) offset += (delta[at++] ?? NaN) * 2 ** (8 * bit);
      for (let bit = 0; bit < 3; bit++) if (code & (0x10 << bit)) length += (delta[at++] ?? NaN) * 2 ** (8 * bit);
      if (length === 0) length = 0x10000;
      if (!(offset + length <= base.length) || filled + length > resultSize) throw new RangeError('a delta overruns');
      base.copy(result, filled, offset, offset + length);
      filled += length;
    } else {
      if (code === 0 || at + code > delta.length || filled + code > resultSize)
        throw new RangeError('a delta overruns');
      delta.copy(result, filled, at, at + code);
      at += code;
      filled += code;
    }
  }
  if (filled !== resultSize) throw new RangeError('a delta breaks off');
  return result;
}
