import type { Evaluation } from '../model/evaluation.js';
import { verdict, type Verdict } from './evaluation-text.js';
import { xmlText } from './xml-text.js';

/** White text on each has a contrast of 4.5 and more (WCAG AA). */
const COLOURS: Record<Verdict['state'], string> = {
  fine: '#2b7a2b',
  open: '#8a5a00',
  alarm: '#b3261e',
  partly: '#8a5a00',
  failed: '#5f5f5f',
};
const LABEL_COLOUR = '#444444';
const LONGEST = 40;
const PAD = 6;

/** A badge in the style of shields.io: the study's name, and how the run ended in words as well as in colour. */
export function evaluationBadge(evaluation: Evaluation): string {
  const { state, text } = verdict(evaluation);
  const label = shortened(evaluation.study);
  const [left, right] = [width(label), width(text)];
  const total = left + right;
  const title = xmlText(`${label}: ${text} (${evaluation.day})`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${total}" height="20" viewBox="0 0 ${total} 20" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="r"><rect width="${total}" height="20" rx="3"/></clipPath>
<g clip-path="url(#r)">
<rect width="${left}" height="20" fill="${LABEL_COLOUR}"/>
<rect x="${left}" width="${right}" height="20" fill="${COLOURS[state]}"/>
</g>
<g fill="#ffffff" text-anchor="middle" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11" aria-hidden="true">
${word(label, 0, left)}
${word(text, left, right)}
</g>
</svg>
`;
}

function word(said: string, start: number, room: number): string {
  return `<text x="${start + room / 2}" y="14" textLength="${room - 2 * PAD}" lengthAdjust="spacingAndGlyphs">${xmlText(said)}</text>`;
}

function shortened(text: string): string {
  const characters = [...text.replace(/\s+/g, ' ').trim()];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : characters.join('');
}

/** Near enough for Verdana at 11 pixels; `textLength` makes it fit. */
function width(text: string): number {
  const wide = [...text].reduce((sum, c) => {
    if (c.codePointAt(0)! > 0x2e80) return sum + 11;
    return sum + (/[ijl.,:;|! ']/.test(c) ? 4 : /[mwMW@%]/.test(c) ? 10 : /[A-Z]/.test(c) ? 8 : 6.8);
  }, 0);
  return Math.ceil(wide) + 2 * PAD;
}
