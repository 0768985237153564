import type { ClusterSpec, ClusterTarget, RenderedFile } from '../../model/cluster.js';
import { renderRunbook } from '../runbook/runbook.js';
import { renderAnsible } from './ansible.js';
import { renderCib } from './cib.js';
import { renderCrm } from './crm.js';
import { nodeFiles } from './node-files.js';
import { renderManifest } from './manifest.js';
import { renderPcs } from './pcs.js';

function whole(kind: RenderedFile['kind'], path: string, text: string, mode = 0o644): RenderedFile {
  return { node: null, kind, path, text, mode };
}

/**
 * Every artefact of a cluster: a folder for each node with its files, and what is the cluster's as a whole. The same spec
 * gives the same bytes. `agent` is the text of the service's resource agent.
 */
export function renderCluster(spec: ClusterSpec, target: ClusterTarget, agent: string): RenderedFile[] {
  const files = [
    ...spec.nodes.flatMap((node) => nodeFiles(spec, node, target, agent)),
    whole('cib', 'cib.xml', renderCib(spec, target)),
    whole('crm', `${spec.name}.crm`, renderCrm(spec, target)),
    whole('pcs', `${spec.name}-pcs.sh`, renderPcs(spec, target), 0o755),
    // The role has no part for cman.
    ...(target === 'rhel6' ? [] : [whole('ansible', 'ha_cluster.yml', renderAnsible(spec, target))]),
    whole('runbook', 'RUNBOOK.md', renderRunbook(spec, target)),
  ];
  return [...files, whole('manifest', 'manifest.json', renderManifest(spec, target, files))];
}
