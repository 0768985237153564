const OID: usize = 20;

/**
 * How many bytes of two trees are whole entries that are the same: where the first entries that differ begin. `left` and
 * `right` are where both stand; past each end come a NUL and room for a look ahead.
 */
export function skipEqual(left: usize, leftEnd: usize, right: usize, rightEnd: usize): i32 {
  const most = min<usize>(leftEnd - left, rightEnd - right);
  let same: usize = 0;
  while (same + 16 <= most) {
    const equal = i8x16.bitmask(i8x16.eq(v128.load(left + same), v128.load(right + same)));
    if (equal != 0xffff) {
      same += ctz(~equal & 0xffff);
      break;
    }
    same += 16;
  }
  if (same + 16 > most) while (same < most && load<u8>(left + same) == load<u8>(right + same)) same++;
  const differs = left + same;
  const zero = i8x16.splat(0);
  let entry = left;
  while (entry < leftEnd) {
    let nul = entry;
    for (;;) {
      const found = i8x16.bitmask(i8x16.eq(v128.load(nul), zero));
      if (found != 0) {
        nul += ctz(found);
        break;
      }
      nul += 16;
    }
    const after = nul + 1 + OID;
    if (after > differs) break;
    entry = after;
  }
  return <i32>(entry - left);
}
