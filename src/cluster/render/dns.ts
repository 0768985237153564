import type { ClusterNode, ClusterSpec, ClusterTarget } from '../../model/cluster.js';
import { ipv4, isHostOf, subnet } from '../../model/ipv4.js';
import { fullName, interfaceFor, networksFor } from '../hosts.js';

/** Where a target keeps its zones. */
const FOLDERS: Readonly<Record<ClusterTarget, string>> = {
  rhel6: '/var/named',
  el9: '/var/named',
  debian12: '/etc/bind',
};

export function zoneFolder(target: ClusterTarget): string {
  return FOLDERS[target];
}

export function zoneFile({ domain }: ClusterSpec): string {
  return `${domain}.db`;
}

/** Networks whose whole last octet is theirs: only for those is there one reverse zone. */
function reversible(spec: ClusterSpec): string[] {
  const nets = networksFor(spec, 'service').filter(({ subnet: net }) => subnet(net)!.prefix === 24);
  return nets.map(({ subnet: net }) => net);
}

/** `18.17.172`: the reverse zone's name without its end, and its file's. */
export function reverseName(net: string): string {
  return net.split('.').slice(0, 3).toReversed().join('.');
}

export function reverseNets(spec: ClusterSpec): string[] {
  return spec.dns ? reversible(spec) : [];
}

function head(spec: ClusterSpec): string[] {
  const { hostmaster, serial, ttl } = spec.dns!;
  const [mailbox = '', ...domain] = hostmaster.split('@');
  const keeper = `${mailbox.replaceAll('.', String.raw`\.`)}.${domain.join('')}.`;
  const [first] = spec.nodes;
  return [
    `$TTL ${ttl}`,
    `@ IN SOA ${fullName(spec, first!)}. ${keeper} (`,
    `    ${serial} ; serial: raise it with every change`,
    '    10800      ; refresh',
    '    900        ; retry',
    '    1209600    ; expire',
    '    3600 )     ; negative answers',
    ...spec.nodes.map((node) => `@ IN NS ${fullName(spec, node)}.`),
  ];
}

function addresses(spec: ClusterSpec): { name: string; address: string }[] {
  const { name, address } = spec.virtualAddress;
  return [
    { name, address },
    ...spec.nodes.map((node) => ({ name: node.name, address: interfaceFor(spec, node, 'service').address })),
  ];
}

/** The domain's zone, the same on both nodes: two masters with one file can't diverge. */
export function renderZone(spec: ClusterSpec): string {
  const { mail } = spec.dns!;
  return [
    ...head(spec),
    ...(mail ? [`@ IN MX ${mail.preference} ${fullName(spec, { name: mail.host })}.`] : []),
    ...addresses(spec).map(({ name, address }) => `${name} IN A ${address}`),
    '',
  ].join('\n');
}

export function renderReverseZone(spec: ClusterSpec, net: string): string {
  const among = subnet(net)!;
  return [
    ...head(spec),
    ...addresses(spec)
      .filter(({ address }) => isHostOf(ipv4(address) ?? -1, among))
      .map(({ name, address }) => `${address.split('.').at(-1)} IN PTR ${fullName(spec, { name })}.`),
    '',
  ].join('\n');
}

function list(items: readonly string[]): string {
  return `{ ${items.map((item) => `${item}; `).join('')}}`;
}

/** named.conf of one node. */
export function renderNamed(spec: ClusterSpec, node: ClusterNode, target: ClusterTarget): string {
  const { forwarders } = spec.dns!;
  const nets = networksFor(spec, 'service').map(({ subnet: net }) => net);
  const zone = (name: string, file: string): string[] => [
    `zone "${name}" IN {`,
    '    type master;',
    `    file "${zoneFolder(target)}/${file}";`,
    '};',
  ];
  return [
    'options {',
    `    directory "${target === 'debian12' ? '/var/cache/bind' : '/var/named'}";`,
    `    listen-on ${list(['127.0.0.1', interfaceFor(spec, node, 'service').address])};`,
    `    allow-query ${list(['127.0.0.0/8', ...nets])};`,
    `    allow-recursion ${list(['127.0.0.0/8', ...nets])};`,
    '    allow-transfer { none; };',
    ...(forwarders.length > 0 ? [`    forwarders ${list(forwarders)};`] : []),
    '};',
    ...zone(spec.domain, zoneFile(spec)),
    ...reverseNets(spec).flatMap((net) => zone(`${reverseName(net)}.in-addr.arpa`, `${reverseName(net)}.db`)),
    '',
  ].join('\n');
}
