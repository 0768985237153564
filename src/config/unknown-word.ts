import { nearest } from './near.js';

const LISTED = 12;

/** What to say after a word that is none of those known: the one probably meant, or what there is. */
export function instead(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  if (near !== null) return `did you mean '${near}'?`;
  if (known.length === 0) return 'there is none';
  const more = known.length - LISTED;
  return `there are: ${known.slice(0, LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
