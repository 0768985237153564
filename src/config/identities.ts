import { createHash } from 'node:crypto';
import * as z from 'zod';
import { isDay } from '../model/date.js';
import { noIdentityRules, type IdentityRules, type PersonAlias } from '../model/identities.js';
import { loadDocument } from './document.js';
import { readText } from './file.js';
import { distinctPeople } from './identity-rules.js';
import { aliasProblem, readAlias } from './person-alias.js';
import { shortName } from './problem.js';
import { checkedText, labelSchema } from './schema.js';

const DOMAIN = /^(?=.{1,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;
const PATTERN_LONGEST = 200;

const emailSchema = checkedText((text) => (/^[^<>\n]+$/.test(text) ? null : 'must be an address'));
const domainSchema = checkedText((text) => (DOMAIN.test(text) ? null : 'must be a domain such as example.org'));
const daySchema = checkedText((text) => (isDay(text) ? null : 'must be a day: YYYY-MM-DD'));
const patternSchema = checkedText((text) => {
  if (text.trim() === '') return 'must not be empty';
  if (/^[*?\s]+$/.test(text)) return 'means everybody';
  return text.length > PATTERN_LONGEST ? `must have at most ${PATTERN_LONGEST} characters` : null;
});

/** Not a zod union, whose errors say nothing a reader can use. */
const aliasSchema = z.unknown().transform((value, context): PersonAlias => {
  const problem = aliasProblem(value);
  if (problem === null) return readAlias(value);
  context.addIssue({ code: 'custom', message: problem });
  return z.NEVER;
});

const fileSchema = z.strictObject({
  people: z
    .array(z.strictObject({ name: labelSchema, email: emailSchema, aliases: z.array(aliasSchema).optional() }))
    .nullish(),
  bots: z.array(patternSchema).nullish(),
  not_bots: z.array(patternSchema).nullish(),
  web_merge: z.array(patternSchema).nullish(),
  organizations: z
    .array(
      z.strictObject({
        domain: domainSchema,
        name: labelSchema,
        from: daySchema.optional(),
        until: daySchema.optional(),
      }),
    )
    .nullish(),
  personal_domains: z.array(domainSchema).nullish(),
});

export interface IdentityFile {
  rules: IdentityRules;
  /** Of the file's bytes, hexadecimal. */
  sha256: string;
}

/** The user's identity file. HealthError bad-config lists all that is wrong with it: `FILE:LINE:COL: path: message`. */
export function loadIdentities(file: string, cwd: string): IdentityFile {
  const text = readText(file, shortName(file, cwd));
  const sha256 = createHash('sha256').update(text).digest('hex');
  // A file in which every line is a comment, or was taken out again, says nothing.
  if (/^(?:\s*(?:#.*)?(?:\n|$))*$/.test(text)) return { rules: noIdentityRules, sha256 };
  const found = loadDocument(file, cwd, fileSchema, [distinctPeople]);
  return {
    rules: {
      people: (found.people ?? []).map(({ name, email, aliases = [] }) => ({ name: name.trim(), email, aliases })),
      bots: found.bots ?? [],
      notBots: found.not_bots ?? [],
      webMerge: found.web_merge ?? [],
      organizations: (found.organizations ?? []).map(({ domain, name, from = null, until = null }) => ({
        domain,
        organization: name.trim(),
        from,
        until,
      })),
      personalDomains: found.personal_domains ?? [],
    },
    sha256,
  };
}
