import parse from 'spdx-expression-parse';

const LONGEST = 300;

/** What keeps a text from being an SPDX licence expression; null when nothing does. */
export function licenceProblem(text: string): string | null {
  const help = "is no SPDX licence expression such as 'GPL-2.0-or-later' or 'LicenseRef-proprietary'";
  if (text.length > LONGEST) return `must have at most ${LONGEST} characters`;
  try {
    parse(text);
    return null;
  } catch {
    return help;
  }
}
