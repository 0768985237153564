import type { Project } from '../model/project.js';
import { parseAddress } from './transport-address.js';
import { localRepository } from './transport-local.js';
import type { ObtainOptions } from './transport-options.js';

/**
 * Brings a project's history within reach and returns the path of the git directory to read.
 *
 * A local path or file:// is checked and read in place. Any other is kept as a bare clone under `clones`, fetched over
 * http(s) by this tool itself, over ssh and git:// with the system's git: made whole in a temporary folder the first
 * time, and afterwards brought up to date so that its refs change only once everything behind them is on the disk. The
 * clone follows the server's branches, tags and default branch.
 *
 * Throws HealthError: bad-usage, not-found, no-repository, no-commits, unreachable, unauthorized,
 * unsupported-repository, corrupt-object, disk-full, not-writable, interrupted, failed.
 */
export async function obtain(project: Project, options: ObtainOptions): Promise<string> {
  const address = parseAddress(project.url);
  if (address.kind === 'local') return localRepository(address.path, project.url);
  // Loaded only here, with Node's parts for the network: one in place needs none of it.
  const { cloneOrFetch } = await import('./transport-clone.js');
  return cloneOrFetch(project.name, address, options);
}
