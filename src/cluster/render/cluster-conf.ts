import type { ClusterSpec } from '../../model/cluster.js';
import { fullName } from '../hosts.js';
import { xml, xmlText } from '../xml.js';

/** /etc/cluster/cluster.conf of rhel6's cman, the same on both nodes: membership is cman's, fencing is handed to Pacemaker. */
export function renderClusterConf(spec: ClusterSpec): string {
  const nodes = spec.nodes.map((node) => {
    const name = fullName(spec, node);
    const device = xml('device', { name: 'pcmk', port: name });
    return xml('clusternode', { name, nodeid: String(node.id) }, [
      xml('fence', {}, [xml('method', { name: 'pcmk-redirect' }, [device])]),
    ]);
  });
  const votes = spec.quorum.kind === 'two-node' ? { two_node: '1', expected_votes: '1' } : { expected_votes: '2' };
  const file = xml('cluster', { name: spec.name, config_version: '1' }, [
    xml('cman', votes),
    xml('clusternodes', {}, nodes),
    xml('fencedevices', {}, [xml('fencedevice', { name: 'pcmk', agent: 'fence_pcmk' })]),
  ]);
  return `<?xml version="1.0"?>\n${xmlText(file)}`;
}
