import type { Cause } from '../model/changes.js';
import type { Value } from '../model/measurement.js';
import type { Result } from '../model/result.js';

function cause(text: string, before: Value, after: Value): Cause {
  return { kind: 'deployment', project: null, query: null, text, before, after };
}

/** What differs in the files that two results tell of their cluster from. */
export function deploymentCauses(before: Result, after: Result): Cause[] {
  const [was, is] = [before.manifest.deployment, after.manifest.deployment];
  if (!was || !is) {
    if (was === is) return [];
    return [cause(`a cluster is told of in the ${is ? 'second' : 'first'} run only`, null, null)];
  }
  const parts = [
    ["the cluster's spec is another one", was.spec, is.spec],
    ['the cluster is deployed on another target', was.target, is.target],
    ["the cluster's simulation is another one", was.simulation, is.simulation],
    ["the cluster's rehearsal is another one", was.rehearsal, is.rehearsal],
  ] as const;
  return parts.filter(([, old, now]) => old !== now).map(([text, old, now]) => cause(text, old, now));
}
