import * as z from 'zod';
import type { CandidateRepository } from '../model/candidate.js';
import {
  checkPart,
  factSchema,
  linkSchema,
  readSources,
  remarkSchema,
  sourceSchema,
  sourcesJson,
  type SourceRef,
} from './fact.js';
import { licenceProblem } from './licence.js';
import { urlProblem } from './location.js';
import { nameProblem } from './name.js';
import { checkedText, labelSchema } from './schema.js';

/** An id: a candidate's names a project, so it must be able to name files. */
export const idSchema = checkedText(nameProblem);

const repository = factSchema<CandidateRepository>({
  value: checkedText(urlProblem).transform((url) => ({ url, holds: null as string | null })),
  absent: ['unknown', 'none'],
  also: {
    keys: ['holds'],
    join({ url }, mapping, context) {
      if (mapping['holds'] === undefined) return { url, holds: null };
      return { url, holds: checkPart(remarkSchema, mapping['holds'], ['holds'], context)?.trim() ?? null };
    },
  },
});

/** Capabilities by the source that says so; a list alone: the candidate's own `from` says so. */
export interface CapabilityGroup {
  from: SourceRef[];
  capabilities: string[];
  /** Where it stands below `has` or `lacks`. */
  path: PropertyKey[];
}

const words = z.array(z.string());

const groupsJson = {
  anyOf: [
    { type: 'array', items: { type: 'string' } },
    { type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } },
  ],
};

const capabilityGroups = z
  .unknown()
  .meta(groupsJson)
  .transform((value, context): CapabilityGroup[] => {
    if (Array.isArray(value)) {
      const capabilities = checkPart(words, value, [], context);
      return [{ from: [], capabilities: capabilities ?? [], path: [] }];
    }
    const bySource = checkPart(z.record(z.string(), words), value, [], context) ?? {};
    return Object.entries(bySource).map(([id, capabilities]) => ({ from: [id], capabilities, path: [id] }));
  });

const defaultSources = z
  .unknown()
  .meta(sourcesJson)
  .transform((value, context) => readSources(value, [], context));

/** A candidate as a file writes it. All but the id may be missing: a user's entry may add to a shipped one. */
const candidateSchema = z.strictObject({
  id: idSchema,
  name: labelSchema.optional(),
  layers: words.min(1, 'must name at least one layer').optional(),
  kind: z.enum(['free', 'suite']).optional(),
  aliases: z.array(idSchema).optional(),
  thesis: labelSchema.optional(),
  from: defaultSources.optional(),
  description: factSchema({ value: remarkSchema }).optional(),
  company: factSchema({ value: labelSchema }).optional(),
  licence: factSchema({ value: checkedText(licenceProblem) }).optional(),
  website: factSchema({ value: linkSchema }).optional(),
  repository: repository.optional(),
  platforms: factSchema({ value: z.array(idSchema).min(1, 'must name at least one platform') }).optional(),
  support: factSchema({ value: z.array(z.strictObject({ by: labelSchema, what: labelSchema })) }).optional(),
  has: capabilityGroups.optional(),
  lacks: capabilityGroups.optional(),
  unclear: z.record(z.string(), remarkSchema).optional(),
});

export type CandidateText = z.infer<typeof candidateSchema>;

/** The facts of a candidate that are neither lists of capabilities nor names. */
export const FACTS = ['description', 'company', 'licence', 'website', 'repository', 'platforms', 'support'] as const;

/** What a file of the catalogue may hold; a user's selection.yaml holds the same and more. */
export const catalogueShape = {
  sources: z.record(z.string(), sourceSchema).optional(),
  layers: z.array(z.strictObject({ id: idSchema, title: labelSchema, role: remarkSchema })).optional(),
  capabilities: z.array(z.strictObject({ id: idSchema, title: labelSchema, meaning: remarkSchema })).optional(),
  candidates: z.array(candidateSchema).optional(),
};

export const catalogueSchema = z.strictObject(catalogueShape);

export type CatalogueText = z.infer<typeof catalogueSchema>;
