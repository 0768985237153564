import type { Candidate } from '../model/candidate.js';
import type { ProjectFacts } from '../model/result.js';

/** An address without what may differ where it means the same: scheme, user, port, `.git`, slashes, case of the host. */
function plainAddress(url: string): string {
  const trimmed = url
    .trim()
    .replace(/[/\\]+$/, '')
    .replace(/\.git$/i, '')
    .replace(/\/+$/, '');
  const scp = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/.exec(trimmed);
  const web = /^[a-z+]+:\/\/(?:[^@/]*@)?([^/:]*)(?::\d+)?\/(.*)$/i.exec(trimmed);
  const [host, path] = web ? [web[1] ?? '', web[2] ?? ''] : scp ? [scp[1] ?? '', scp[2] ?? ''] : ['', trimmed];
  // The large hosts take upper and lower case for the same.
  const known = /^(github|gitlab)\.com$/i.test(host);
  return `${host.toLowerCase().replace(/^www\./, '')}/${known ? path.toLowerCase() : path}`.replace(/\/{2,}/g, '/');
}

/** Projects that stand for candidates, by the candidate's id: by the repository's address, else by id or alias. */
export function candidateProjects(
  candidates: readonly Candidate[],
  projects: readonly ProjectFacts[],
): Map<string, ProjectFacts> {
  const byAddress = new Map(projects.map((project) => [plainAddress(project.url), project]));
  const byName = new Map(projects.map((project) => [project.name.toLowerCase(), project]));
  const found = new Map<string, ProjectFacts>();
  for (const { id, aliases, repository } of candidates) {
    const own = repository.value === null ? undefined : byAddress.get(plainAddress(repository.value.url));
    const named = [id, ...aliases].flatMap((name) => byName.get(name.toLowerCase()) ?? []);
    const project = own ?? named[0];
    if (project) found.set(id, project);
  }
  return found;
}
