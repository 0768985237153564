const DAY = /^(\d{4})-(\d{2})-(\d{2})$/;

/** True for a day of the calendar written YYYY-MM-DD. */
export function isDay(text: string): boolean {
  const match = DAY.exec(text);
  if (!match) return false;
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Wall time of a moment in a zone: `YYYY-MM-DD HH:MM:SS`. `time` in seconds since 1970 UTC, `zone` in seconds east. */
export function wallTime(time: number, zone: number): string {
  const date = new Date((time + zone) * 1000);
  if (Number.isNaN(date.getTime())) return '1970-01-01 00:00:00';
  const year = date.getUTCFullYear();
  const iso = date.toISOString();
  const tail = iso.slice(iso.indexOf('-', 1), iso.indexOf('.')).replace('T', ' ');
  return `${String(Math.max(0, year)).padStart(4, '0')}${tail}`;
}
