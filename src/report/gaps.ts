import type { HistoryFlag } from '../model/history.js';
import type { ProjectFacts } from '../model/result.js';

/** The flags that make figures incomplete: nothing is missing from a mirror, nor where objects are replaced. */
export function gaps({ flags }: ProjectFacts): HistoryFlag[] {
  return flags.filter((flag) => flag !== 'mirror' && flag !== 'replaced');
}
