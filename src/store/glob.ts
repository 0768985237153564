/** A pattern with `*` (any text) and `?` (a character), compared as a whole and without regard to case. */
export function glob(pattern: string): (text: string) => boolean {
  const parts = pattern.toLowerCase().split('*');
  return (text) => matches(parts, text.toLowerCase());
}

/** Part after part, each at its first place: linear but for what `?` adds, whatever the pattern. */
function matches(parts: readonly string[], text: string): boolean {
  const [first = '', ...rest] = parts;
  if (!fits(first, text, 0)) return false;
  if (rest.length === 0) return first.length === text.length;
  const last = rest.pop()!;
  let at = first.length;
  for (const part of rest) {
    while (at + part.length <= text.length && !fits(part, text, at)) at += 1;
    if (at + part.length > text.length) return false;
    at += part.length;
  }
  return text.length - last.length >= at && fits(last, text, text.length - last.length);
}

function fits(part: string, text: string, at: number): boolean {
  if (at + part.length > text.length) return false;
  for (let i = 0; i < part.length; i += 1) if (part[i] !== '?' && part[i] !== text[at + i]) return false;
  return true;
}
