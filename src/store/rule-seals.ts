import { createHash } from 'node:crypto';
import type { IdentityRules } from '../model/identities.js';
import type { Manifest, RuleSeal } from '../model/manifest.js';
import { builtinBots } from './bot-rules.js';
import { builtinOrganizations } from './organization-rules.js';

/** Fingerprints of the rules that tell people, bots and organisations. */
export function ruleSeals(rules: IdentityRules): Manifest['rules'] {
  const { people, bots, notBots, webMerge, organizations, personalDomains } = rules;
  const aliases = people.reduce((sum, person) => sum + person.aliases.length, 0);
  const patterns = bots.length + notBots.length + webMerge.length;
  return {
    people: seal(people, aliases),
    bots: seal([builtinBots, bots, notBots, webMerge], patterns),
    organizations: seal([builtinOrganizations, organizations, personalDomains], organizations.length),
  };
}

function seal(rules: unknown, entries: number): RuleSeal {
  return { sha256: createHash('sha256').update(JSON.stringify(rules)).digest('hex'), entries };
}
