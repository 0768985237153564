/**
 * Contributor Absence Factor (CHAOSS 3944): the smallest number of people who together made half of the contributions.
 * A pair that made half each counts as one (>=, not >). `part`: another share than half. Null: nobody contributed.
 */
export function absenceFactor(contributions: readonly number[], part = 0.5): number | null {
  const total = contributions.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let sum = 0;
  let people = 0;
  for (const count of contributions.toSorted((a, b) => b - a)) {
    sum += count;
    people += 1;
    if (sum >= part * total) break;
  }
  return people;
}
