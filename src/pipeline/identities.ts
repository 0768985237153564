import { loadIdentities, type IdentityFile } from '../config/identities.js';
import type { Study } from '../model/project.js';

/** The study's identity file; null: it has none. HealthError bad-config. */
export function identitiesOf(study: Study): IdentityFile | null {
  return study.identities === undefined ? null : loadIdentities(study.identities, process.cwd());
}
