import type { Project } from '../model/project.js';
import { absoluteUrl } from './location.js';
import type { ProjectText } from './schema.js';

/** A project as the program uses it; `folder` is what a relative `url` is relative to. */
export function toProject(text: ProjectText, folder: string): Project {
  return {
    name: text.name,
    url: absoluteUrl(text.url, folder),
    refs: text.refs ?? 'branches',
    layer: text.layer ?? null,
    tags: text.tags ?? [],
    ...(text.succeeded_by !== undefined && { succeededBy: text.succeeded_by }),
  };
}
