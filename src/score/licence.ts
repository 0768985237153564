import parse from 'spdx-expression-parse';

/** What a licence asks of those who pass the software on. `free`: free software, of neither kind. */
type LicenceClass = 'permissive' | 'free' | 'copyleft' | 'proprietary';

// Best for a user first: of alternatives one may take the freest, and of parts the strictest counts.
const ORDER: readonly LicenceClass[] = ['permissive', 'free', 'copyleft', 'proprietary'];

const PATTERNS: readonly [RegExp, LicenceClass][] = [
  [/^LicenseRef-.*(proprietary|commercial|closed)/i, 'proprietary'],
  [/^(AGPL|GPL|LGPL|MPL|EPL|CDDL|CPL|EUPL|OSL|CECILL|IPL|MS-RL|Sleepycat|CPAL)\b/i, 'copyleft'],
  [
    /^(MIT|BSD|0BSD|ISC|Apache|Zlib|PostgreSQL|BSL-1\.0|X11|UPL|NCSA|Unlicense|CC0|WTFPL|Python|PSF|HPND)\b/i,
    'permissive',
  ],
  [/^(Artistic|AFL|ECL|OFL|Ruby|W3C|PHP|APSL|QPL)\b/i, 'free'],
];

function classOf(info: parse.Info): LicenceClass | null {
  if ('license' in info) return PATTERNS.find(([pattern]) => pattern.test(info.license))?.[1] ?? null;
  const parts = [classOf(info.left), classOf(info.right)];
  const order = info.conjunction === 'or' ? ORDER : ORDER.toReversed();
  const first = order.find((one) => parts.includes(one)) ?? null;
  // Beside the freest of alternatives, or the strictest of parts, it doesn't matter what another is.
  return first === order[0] || !parts.includes(null) ? first : null;
}

/**
 * The class of an SPDX licence expression: of `OR` the freest, of `AND` the strictest; exceptions (`WITH`) change nothing.
 * Null where it is no such expression, or names a licence this table doesn't know: licences are known by name, nobody reads
 * their text.
 */
export function licenceClass(expression: string): LicenceClass | null {
  try {
    return classOf(parse(expression));
  } catch {
    return null;
  }
}
