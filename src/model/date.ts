const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day of the calendar written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));
const DAY_SECONDS = 86_400;

/** The days met last as text: a history has many moments on few days. */
const days = new Map<number, string>();
const MOST_DAYS = 1 << 14;

/** `YYYY-MM-DD`; null for what no calendar has. */
function dayText(day: number): string | null {
  let text = days.get(day);
  if (text !== undefined) return text;
  const date = new Date(day * DAY_SECONDS * 1000);
  if (Number.isNaN(date.getTime())) return null;
  const year = String(Math.max(0, date.getUTCFullYear())).padStart(4, '0');
  text = `${year}-${TWO_DIGITS[date.getUTCMonth() + 1]}-${TWO_DIGITS[date.getUTCDate()]}`;
  if (days.size >= MOST_DAYS) days.clear();
  days.set(day, text);
  return text;
}

/** ` HH:MM:` of the minutes of a day met so far: what is put together of few pieces is put together fast. */
const minutes: string[] = [];

function minuteText(minute: number): string {
  return (minutes[minute] ??= ` ${TWO_DIGITS[Math.floor(minute / 60)]}:${TWO_DIGITS[minute % 60]}:`);
}

/** Wall time of a moment in a zone: `YYYY-MM-DD HH:MM:SS`. `time` in seconds since 1970 UTC, `zone` in seconds east. */
export function wallTime(time: number, zone: number): string {
  const local = Math.trunc(time + zone);
  const day = Math.floor(local / DAY_SECONDS);
  const date = dayText(day);
  if (date === null) return '1970-01-01 00:00:00';
  const second = local - day * DAY_SECONDS;
  return date + minuteText(Math.floor(second / 60)) + TWO_DIGITS[second % 60];
}
