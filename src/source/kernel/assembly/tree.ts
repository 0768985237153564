const OID: usize = 20;

/** Where the name of the entry at `at` ends; past the end of every tree come a NUL and room for a look ahead. */
function nameEnd(at: usize): usize {
  const zero = i8x16.splat(0);
  let found: i32;
  while ((found = i8x16.bitmask(i8x16.eq(v128.load(at), zero))) == 0) at += 16;
  return at + ctz(found);
}

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
  let entry = left;
  while (entry < leftEnd) {
    const nul = nameEnd(entry);
    const after = nul + 1 + OID;
    if (after > differs) break;
    entry = after;
  }
  return <i32>(entry - left);
}

/**
 * How many bytes of three trees are whole entries of the same names and modes, of which the first tree has the same object as
 * the second or the third: where a merge first differs from both its parents, or an entry is missing. As skipEqual besides.
 */
export function skipAgreed(
  merge: usize,
  mergeEnd: usize,
  left: usize,
  leftEnd: usize,
  right: usize,
  rightEnd: usize,
): i32 {
  const most = min<usize>(mergeEnd - merge, min<usize>(leftEnd - left, rightEnd - right));
  let same: usize = 0;
  while (same < most) {
    const entry = merge + same;
    const head = nameEnd(entry) + 1 - entry;
    if (same + head + OID > most) break;
    if (!isEqual(entry, left + same, head) || !isEqual(entry, right + same, head)) break;
    const oid = same + head;
    if (!isEqual(merge + oid, left + oid, OID) && !isEqual(merge + oid, right + oid, OID)) break;
    same = oid + OID;
  }
  return <i32>same;
}

function isEqual(a: usize, b: usize, length: usize): bool {
  let at: usize = 0;
  for (; at + 8 <= length; at += 8) if (load<u64>(a + at) != load<u64>(b + at)) return false;
  for (; at < length; at++) if (load<u8>(a + at) != load<u8>(b + at)) return false;
  return true;
}
