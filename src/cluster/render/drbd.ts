import type { ClusterSpec, ClusterTarget } from '../../model/cluster.js';
import { fullName, interfaceFor } from '../hosts.js';

/** DRBD's major version on a target: rhel6's kernel has no other than 8.4. */
export function drbdVersion({ storage }: ClusterSpec, target: ClusterTarget): 8 | 9 {
  return target === 'rhel6' ? 8 : storage.drbd;
}

function block(name: string, lines: readonly string[], indent: string): string[] {
  return lines.length === 0 ? [] : [`${indent}${name} {`, ...lines.map((line) => `${indent}    ${line}`), `${indent}}`];
}

/** What to do when a peer isn't heard of while it may still be primary: Pacemaker keeps it from being promoted, or shoots it. */
function fencing(version: 8 | 9): { option: string; handlers: string[] } {
  const fence = version === 9 ? 'crm-fence-peer.9.sh' : 'crm-fence-peer.sh';
  const unfence = version === 9 ? 'crm-unfence-peer.9.sh' : 'crm-unfence-peer.sh';
  return {
    // With a cluster manager that fences, the survivor waits until the peer is known to be dead.
    option: 'fencing resource-and-stonith;',
    handlers: [
      `fence-peer "/usr/lib/drbd/${fence}";`,
      `${version === 9 ? 'unfence-peer' : 'after-resync-target'} "/usr/lib/drbd/${unfence}";`,
    ],
  };
}

/**
 * /etc/drbd.conf. The peers' shared secret comes from a file of its own, a `common` section that is written by hand:
 * `include` is only allowed outside of sections.
 */
export function renderDrbdGlobal({ storage }: ClusterSpec): string {
  const secret = storage.secret ? [`include "${storage.secret.file}*";`] : [];
  return ['include "/etc/drbd.d/global_common.conf";', ...secret, 'include "/etc/drbd.d/*.res";', ''].join('\n');
}

/** What the operator writes to the secret's file, with the secret in place of the dots. */
export function secretSection(): string {
  return 'common { net { cram-hmac-alg sha1; shared-secret "..."; } }';
}

/** /etc/drbd.d/RESOURCE.res, the same on both nodes. */
export function renderDrbd(spec: ClusterSpec, target: ClusterTarget): string {
  const { storage } = spec;
  const version = drbdVersion(spec, target);
  const { option, handlers } = fencing(version);
  const net = [
    `protocol ${storage.protocol};`,
    'after-sb-0pri discard-zero-changes;',
    'after-sb-1pri discard-secondary;',
    'after-sb-2pri disconnect;',
    ...(version === 9 ? [option] : []),
  ];
  const hosts = spec.nodes.flatMap((node) =>
    block(
      `on ${fullName(spec, node)}`,
      [
        `address ${interfaceFor(spec, node, 'replication').address}:${storage.port};`,
        ...(version === 9 ? [`node-id ${node.id - 1};`] : []),
      ],
      '    ',
    ),
  );
  return [
    `resource ${storage.resource} {`,
    `    device ${storage.device};`,
    `    disk ${storage.disk};`,
    `    meta-disk ${storage.metaDisk};`,
    ...block('net', net, '    '),
    ...(version === 8 ? block('disk', [option], '    ') : []),
    ...block('handlers', handlers, '    '),
    ...hosts,
    '}',
    '',
  ].join('\n');
}
