/** What a licence asks of those who pass the software on. `free`: free software, of neither kind. */
export type LicenceClass = 'permissive' | 'free' | 'copyleft' | 'proprietary';

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

function classOf(id: string): LicenceClass | null {
  return PATTERNS.find(([pattern]) => pattern.test(id))?.[1] ?? null;
}

function pick(classes: readonly (LicenceClass | null)[], last: boolean): LicenceClass | null {
  if (classes.includes(null)) return null;
  const known = ORDER.filter((one) => classes.includes(one));
  return known.at(last ? -1 : 0) ?? null;
}

/**
 * The class of an SPDX licence expression: of `OR` the freest, of `AND` the strictest; exceptions (`WITH`) change nothing.
 * Null where the expression names a licence this table doesn't know: it is looked at by name, nobody read its text.
 */
export function licenceClass(expression: string): LicenceClass | null {
  const tokens = expression.match(/[()]|[^\s()]+/g) ?? [];
  let at = 0;
  const part = (): LicenceClass | null => {
    if (tokens[at] !== '(') {
      const found = classOf(tokens[at++] ?? '');
      if (/^with$/i.test(tokens[at] ?? '')) at += 2;
      return found;
    }
    at++;
    const inside = alternatives();
    at++;
    return inside;
  };
  const joined = (next: () => LicenceClass | null, word: RegExp, last: boolean): LicenceClass | null => {
    const parts = [next()];
    while (word.test(tokens[at] ?? '')) {
      at++;
      parts.push(next());
    }
    return pick(parts, last);
  };
  const together = (): LicenceClass | null => joined(part, /^and$/i, true);
  const alternatives = (): LicenceClass | null => joined(together, /^or$/i, false);
  const found = alternatives();
  return at === tokens.length ? found : null;
}
