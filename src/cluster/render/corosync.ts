import type { ClusterQuorum, ClusterSpec, ClusterTarget } from '../../model/cluster.js';
import { fullName, networksFor } from '../hosts.js';

function quorum(kind: ClusterQuorum): string[] {
  if (kind.kind === 'two-node') {
    // wait_for_all is implied, but said: after a full outage one node alone must not start the service on old data.
    return ['    provider: corosync_votequorum', '    two_node: 1', '    wait_for_all: 1'];
  }
  return [
    '    provider: corosync_votequorum',
    '    device {',
    '        model: net',
    '        votes: 1',
    '        net {',
    `            host: ${kind.host}`,
    `            algorithm: ${kind.algorithm}`,
    '        }',
    '    }',
  ];
}

/** /etc/corosync/corosync.conf of corosync 3, the same on both nodes; a link for each network that is for the cluster. */
export function renderCorosync(spec: ClusterSpec, target: ClusterTarget): string {
  const links = networksFor(spec, 'cluster');
  const nodes = spec.nodes.flatMap((node) => {
    const rings = links.flatMap(({ id }) => node.interfaces.find(({ network }) => network === id)?.address ?? []);
    return [
      '    node {',
      ...rings.map((address, i) => `        ring${i}_addr: ${address}`),
      `        name: ${fullName(spec, node)}`,
      `        nodeid: ${node.id}`,
      '    }',
    ];
  });
  return [
    'totem {',
    '    version: 2',
    `    cluster_name: ${spec.name}`,
    '    transport: knet',
    '    crypto_cipher: aes256',
    '    crypto_hash: sha256',
    '    token: 1000',
    '}',
    '',
    'nodelist {',
    ...nodes,
    '}',
    '',
    'quorum {',
    ...quorum(spec.quorum),
    '}',
    '',
    'logging {',
    '    to_logfile: yes',
    // Where the target's package makes a folder for it.
    `    logfile: /var/log/${target === 'debian12' ? 'corosync' : 'cluster'}/corosync.log`,
    '    to_syslog: yes',
    '    timestamp: on',
    '}',
    '',
  ].join('\n');
}
