import type { ActionRecord } from '../model/record.js';

export type ActionType = 'A' | 'M' | 'D' | 'V' | 'C';

const PLAIN: Record<string, ActionType> = { A: 'A', M: 'M', D: 'D', T: 'M', R: 'V', C: 'C' };

/**
 * The action CVSAnalY makes of a line of `git log --name-status -c`; null: none. A merge's letters are joined: with an
 * M among them they are one modification, without one nothing. T (file became a link, or back) counts as M.
 * `strict`: CVSAnalY knows only A, M and D in a merge, and no T at all; see `isLost`.
 */
export function actionType({ status }: ActionRecord, strict: boolean): ActionType | null {
  if (strict && isLost(status)) return null;
  if (status.length === 1) return PLAIN[status] ?? null;
  return status.includes('M') || status.includes('T') ? 'M' : null;
}

/** A line CVSAnalY fails to recognise: it takes it for a line of the message. */
export function isLost(status: string): boolean {
  return status.length === 1 ? status === 'T' : !/^[AMD]+$/.test(status);
}
