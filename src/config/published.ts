import { dirname } from 'node:path';
import * as z from 'zod';
import { isDay } from '../model/date.js';
import type { PublishedStudy } from '../model/published.js';
import { builtinStudyFile } from './builtin.js';
import { loadDocument } from './document.js';
import { nameProblem } from './name.js';
import { toProject } from './project.js';
import { distinctNames } from './rules.js';
import { checkedText, labelSchema, projectSchema, refsSchema } from './schema.js';
import { plainStack, stackSchema } from './stack.js';

const dayOrNull = z.nullable(checkedText((text) => (isDay(text) ? null : 'must be a day: YYYY-MM-DD')));
const remark = z.string().optional();

const publishedSchema = z.strictObject({
  study: checkedText(nameProblem),
  title: labelSchema,
  projects: z.array(projectSchema).min(1, 'must list at least one project'),
  stack: stackSchema.optional(),
  trials: z.strictObject({
    identity: z.array(z.enum(['name-email', 'name'])).min(1),
    refs: z.array(refsSchema).min(1),
    merged_by: z.array(dayOrNull).min(1),
    as_of: z.array(dayOrNull).min(1),
    rounding: z.array(z.enum(['exact', 'truncated', 'rounded'])).min(1),
  }),
  published: z.array(
    z.strictObject({
      figure: labelSchema,
      title: labelSchema,
      project: checkedText(nameProblem),
      value: z.number(),
      query: labelSchema,
      reduce: z.enum(['only', 'mean']),
      vary: z.array(z.enum(['identity', 'refs', 'merged_by', 'as_of', 'rounding'])),
      remark_reproduced: remark,
      remark_not_reproduced: remark,
    }),
  ),
});

/** A study with published figures (data/studies/ID.yaml); null when there is none of that id. HealthError bad-config. */
export function loadPublished(id: string): PublishedStudy | null {
  const file = builtinStudyFile(id);
  if (file === null) return null;
  const text = loadDocument(file, process.cwd(), publishedSchema, [distinctNames]);
  const { identity, refs, merged_by: mergedBy, as_of: asOf, rounding } = text.trials;
  return {
    id,
    name: text.title,
    projects: text.projects.map((project) => toProject(project, dirname(file))),
    // Not held against the catalogue: it ships too, and reading it would slow every command down.
    stack: text.stack ? plainStack(text.stack) : null,
    trials: { identity, refs, mergedBy, asOf, rounding },
    published: text.published.map(({ remark_reproduced, remark_not_reproduced, ...figure }) => ({
      ...figure,
      remarkReproduced: remark_reproduced?.trim() ?? null,
      remarkNotReproduced: remark_not_reproduced?.trim() ?? null,
    })),
  };
}
