const UNITS: Record<string, number> = { '': 1, s: 1, sec: 1, min: 60, m: 60, h: 3600, d: 86_400 };

/** Seconds of `90`, `90s`, `2min`, `1h`; null where it is no such text. */
export function durationSeconds(text: string | number): number | null {
  const match = /^(\d{1,9})\s*([a-z]*)$/.exec(String(text).trim());
  const unit = match ? UNITS[match[2] ?? ''] : undefined;
  return match && unit !== undefined ? Number(match[1]) * unit : null;
}
