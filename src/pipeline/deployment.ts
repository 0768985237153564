import { loadCandidates } from '../config/selection.js';
import { newestRelease, versionStanding, type Found } from '../metrics/deployed.js';
import type { DeployedComponent, Deployment, Successor } from '../model/deployment.js';
import type { Study } from '../model/project.js';
import type { ProjectFacts } from '../model/result.js';
import { openReadable, type Readable } from '../store/readable.js';
import { candidateProjects } from './candidate-projects.js';

/** What is deployed in `study.stack`, on a day. `null`: the study has no stack. */
function measureDeployment(readable: Readable, study: Study, day: string): Deployment | null {
  const stack = Object.entries(study.stack ?? {});
  if (stack.length === 0) return null;
  const facts = readable.projects();
  const projects = projectsOf(study, facts);
  const found = new Map<string, Found>();
  const components = stack.map(([layer, { component, version }]): DeployedComponent => {
    const project = projects(component)?.name ?? null;
    const { standing, reason } = standingOf(project, version);
    return { layer, component, version, project, standing, reason, successor: successorOf(project) };
  });
  const known = [...found.values()].flatMap(({ standing }) => standing ?? []);
  return {
    day,
    components,
    libyears: known.length === 0 ? null : known.reduce((sum, { libyears }) => sum + libyears, 0),
    unknown: components.filter(({ standing }) => standing === null).length,
  };

  function standingOf(project: string | null, version: string | null): Found {
    if (project === null) return { standing: null, reason: 'no collected project stands for it' };
    if (version === null) return { standing: null, reason: 'the stack says no version' };
    const key = JSON.stringify([project, version]);
    const known = found.get(key) ?? versionStanding(readable, project, version, day);
    found.set(key, known);
    return known;
  }

  function successorOf(project: string | null): Successor | null {
    const next = project && successorName(study, facts, project);
    if (!next) return null;
    const isCollected = facts.some(({ name }) => name === next);
    return { project: next, newest: isCollected ? newestRelease(readable, next, day) : null };
  }
}

/** The same, on a store that isn't open yet. HealthError no-store, store-newer or store-damaged. */
export function readDeployment(store: string, study: Study, day: string): Deployment | null {
  const readable = openReadable(store);
  try {
    return measureDeployment(readable, study, day);
  } finally {
    readable.close();
  }
}

/** The project that stands for a component: through the catalogue, else the one of its name. */
function projectsOf(study: Study, facts: readonly ProjectFacts[]): (component: string) => ProjectFacts | undefined {
  const file = study.selection;
  const { candidates } = loadCandidates(file === undefined ? null : { file, cwd: process.cwd() });
  const byCandidate = candidateProjects(candidates, facts);
  return (component) => byCandidate.get(component) ?? facts.find(({ name }) => name === component);
}

function successorName(study: Study, facts: readonly ProjectFacts[], project: string): string | null {
  const told = study.projects.find(({ name }) => name === project)?.succeededBy;
  return told ?? facts.find(({ name }) => name === project)?.succeededBy ?? null;
}
