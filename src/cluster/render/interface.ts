import { createHash } from 'node:crypto';
import type { ClusterInterface, ClusterNode, ClusterSpec } from '../../model/cluster.js';
import { netmask, subnet } from '../../model/ipv4.js';
import { fullName, networkOf } from '../hosts.js';

/** The node's own name server, where the spec has a zone. */
function resolver({ dns }: ClusterSpec): string | null {
  return dns ? '127.0.0.1' : null;
}

/** /etc/sysconfig/network-scripts/ifcfg-DEVICE of rhel6. */
export function renderIfcfg(spec: ClusterSpec, { device, mac, address, network }: ClusterInterface): string {
  const { subnet: net, gateway, mtu } = networkOf(spec, network);
  const dns = resolver(spec);
  return [
    `DEVICE=${device}`,
    ...(mac === null ? [] : [`HWADDR=${mac}`]),
    'TYPE=Ethernet',
    'ONBOOT=yes',
    'NM_CONTROLLED=no',
    'BOOTPROTO=none',
    `IPADDR=${address}`,
    `NETMASK=${netmask(subnet(net)!)}`,
    ...(gateway === null ? [] : [`GATEWAY=${gateway}`]),
    ...(dns === null ? [] : [`DNS1=${dns}`]),
    `MTU=${mtu}`,
    'IPV6INIT=no',
    'USERCTL=no',
    '',
  ].join('\n');
}

/** A name-based UUID (RFC 9562, version 5), so that rendering twice gives the same file. */
function stableUuid(name: string): string {
  const bytes = createHash('sha1').update(`stack-health:${name}`).digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** /etc/NetworkManager/system-connections/DEVICE.nmconnection. NetworkManager takes it only with mode 0600. */
export function renderKeyfile(spec: ClusterSpec, node: ClusterNode, own: ClusterInterface): string {
  const { device, mac, address, network } = own;
  const { subnet: net, gateway, mtu } = networkOf(spec, network);
  const dns = resolver(spec);
  return [
    '[connection]',
    `id=${device}`,
    `uuid=${stableUuid(`${spec.name}/${fullName(spec, node)}/${device}`)}`,
    'type=ethernet',
    `interface-name=${device}`,
    '',
    '[ethernet]',
    ...(mac === null ? [] : [`mac-address=${mac.toUpperCase()}`]),
    `mtu=${mtu}`,
    '',
    '[ipv4]',
    `address1=${address}/${subnet(net)!.prefix}${gateway === null ? '' : `,${gateway}`}`,
    ...(dns === null ? [] : [`dns=${dns};`, `dns-search=${spec.domain};`]),
    'method=manual',
    '',
    '[ipv6]',
    'method=disabled',
    '',
  ].join('\n');
}
