import type { LazyUserCard } from '../model/scorecard.js';
import type { LazyUserInput } from './input.js';

/** The Lazy User Model: what meets the need, what the state allows of it, and of that the least effort. */
export function lazyUser(_input: LazyUserInput): LazyUserCard {
  throw new Error('not written yet');
}
