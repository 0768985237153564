import type { ClusterSpec, ClusterTarget, FirewallOpening } from '../../model/cluster.js';
import { shellWord } from '../shell-text.js';

function nodeAddresses({ nodes }: ClusterSpec): string[] {
  return nodes.flatMap(({ interfaces }) => interfaces.map(({ address }) => address));
}

/** Both formats end a comment at a quote. */
function comment(text: string): string {
  return text.replace(/[^\p{L}\p{N} .,:;()_/+-]/gu, ' ').slice(0, 100);
}

function iptablesRule({ protocol, ports, why }: FirewallOpening, source: string): string {
  const what = `-p ${protocol} -m ${protocol} --dport ${ports.replace('-', ':')}`;
  return `-A INPUT ${source}${what} -m comment --comment "${comment(why)}" -j ACCEPT`;
}

/** /etc/sysconfig/iptables of rhel6. */
function iptables(spec: ClusterSpec): string {
  const rules = spec.firewall.flatMap((opening) =>
    opening.from === 'anybody'
      ? [iptablesRule(opening, '')]
      : nodeAddresses(spec).map((address) => iptablesRule(opening, `-s ${address}/32 `)),
  );
  return [
    '*filter',
    ':INPUT DROP [0:0]',
    ':FORWARD DROP [0:0]',
    ':OUTPUT ACCEPT [0:0]',
    '-A INPUT -i lo -j ACCEPT',
    '-A INPUT -m state --state ESTABLISHED,RELATED -j ACCEPT',
    '-A INPUT -p icmp -j ACCEPT',
    ...rules,
    'COMMIT',
    '',
  ].join('\n');
}

/** /etc/nftables.conf of debian12. */
function nftables(spec: ClusterSpec): string {
  const rules = spec.firewall.map(({ protocol, ports, from, why }) => {
    const source = from === 'nodes' ? 'ip saddr @nodes ' : '';
    return `        ${source}${protocol} dport ${ports} accept comment "${comment(why)}"`;
  });
  return [
    '#!/usr/sbin/nft -f',
    'flush ruleset',
    'table inet filter {',
    '    set nodes {',
    '        type ipv4_addr',
    `        elements = { ${nodeAddresses(spec).join(', ')} }`,
    '    }',
    '    chain input {',
    '        type filter hook input priority 0; policy drop;',
    '        iif lo accept',
    '        ct state established,related accept',
    '        ct state invalid drop',
    '        meta l4proto { icmp, ipv6-icmp } accept',
    ...rules,
    '    }',
    '}',
    '',
  ].join('\n');
}

/** A script of firewall-cmd calls for el9, whose zones are files that only firewalld itself should write. */
function firewalld(spec: ClusterSpec): string {
  const commands = spec.firewall.flatMap(({ protocol, ports, from }) => {
    if (from === 'anybody') return [`--add-port=${ports}/${protocol}`];
    return nodeAddresses(spec).map((address) => {
      const rule = `rule family="ipv4" source address="${address}" port port="${ports}" protocol="${protocol}" accept`;
      return `--add-rich-rule=${shellWord(rule)}`;
    });
  });
  const calls = commands.map((command) => `firewall-cmd --permanent ${command}`);
  return [
    '#!/bin/sh',
    '# Opens what the cluster needs, and nothing else.',
    'set -eu',
    ...calls,
    'firewall-cmd --reload',
    '',
  ].join('\n');
}

/** The target's own firewall file, with its path. */
export function renderFirewall(spec: ClusterSpec, target: ClusterTarget): { path: string; text: string; mode: number } {
  if (target === 'rhel6') return { path: 'etc/sysconfig/iptables', text: iptables(spec), mode: 0o600 };
  if (target === 'debian12') return { path: 'etc/nftables.conf', text: nftables(spec), mode: 0o755 };
  return { path: 'root/firewall.sh', text: firewalld(spec), mode: 0o755 };
}
