import type { IdentityRules } from '../model/identities.js';
import { plainScope, type IdentityRule, type QueryInfo } from '../model/measurement.js';

/**
 * Who is one person where the user names no rule: whom the identity file takes for one, as soon as it merges anybody.
 * Queries of CVSAnalY's tables alone go on counting as CVSAnalY does.
 */
export function identityOf(info: QueryInfo, rules: IdentityRules | undefined): IdentityRule {
  const isOwn = info.headline !== null || /\bhealth_\w/i.test(info.sql);
  return isOwn && (rules?.people.length ?? 0) > 0 ? 'merged' : 'name-email';
}

/** The scope a report measures a query in. */
export function reportScope(
  project: string,
  info: QueryInfo,
  { rules, asOf }: { rules: IdentityRules | undefined; asOf: string | null },
): ReturnType<typeof plainScope> {
  return plainScope(project, { asOf, identity: identityOf(info, rules) });
}
