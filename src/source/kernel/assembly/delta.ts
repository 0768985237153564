// Git's delta format (gitformat-pack): copies from the base and literal runs.

/**
 * Runs the instructions from `delta` up to `end` (the two sizes before them are read already) on the base, and writes
 * exactly `size` bytes to `to`. False when they don't fit together.
 */
export function applyDelta(delta: usize, end: usize, base: usize, baseEnd: usize, to: usize, size: usize): bool {
  const stop = to + size;
  while (delta < end) {
    const op: u32 = load<u8>(delta++);
    if (op & 0x80) {
      let offset: u32 = 0;
      let length: u32 = 0;
      if (op & 0x01) offset = load<u8>(delta++);
      if (op & 0x02) offset |= (<u32>load<u8>(delta++)) << 8;
      if (op & 0x04) offset |= (<u32>load<u8>(delta++)) << 16;
      if (op & 0x08) offset |= (<u32>load<u8>(delta++)) << 24;
      if (op & 0x10) length = load<u8>(delta++);
      if (op & 0x20) length |= (<u32>load<u8>(delta++)) << 8;
      if (op & 0x40) length |= (<u32>load<u8>(delta++)) << 16;
      if (length == 0) length = 0x10000;
      if (delta > end || <u64>offset + length > <u64>(baseEnd - base) || <usize>length > stop - to) return false;
      copy(to, base + offset, length, stop);
      to += length;
    } else {
      if (op == 0 || <usize>op > end - delta || <usize>op > stop - to) return false;
      copy(to, delta, op, stop);
      to += op;
      delta += op;
    }
  }
  return to == stop;
}

function copy(to: usize, from: usize, length: usize, stop: usize): void {
  if (length > 64 || to + length + 16 > stop) memory.copy(to, from, length);
  else for (let i: usize = 0; i < length; i += 16) v128.store(to + i, v128.load(from + i));
}

/** How many bytes the instructions make, without making them. */
export function deltaOutput(delta: usize, end: usize): f64 {
  let size: u64 = 0;
  while (delta < end) {
    const op: u32 = load<u8>(delta++);
    if (op & 0x80) {
      let length: u32 = 0;
      delta += popcnt(op & 0x0f);
      if (op & 0x10) length = load<u8>(delta++);
      if (op & 0x20) length |= (<u32>load<u8>(delta++)) << 8;
      if (op & 0x40) length |= (<u32>load<u8>(delta++)) << 16;
      size += length == 0 ? 0x10000 : length;
    } else {
      size += op;
      delta += op;
    }
  }
  return <f64>size;
}
