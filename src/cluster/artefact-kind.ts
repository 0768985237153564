import type { ArtefactKind } from '../model/cluster.js';

/** What a file is, by the path it has on a node (or in a rendered folder). The first that fits. */
const KINDS: readonly [RegExp, ArtefactKind][] = [
  [/(^|\/)etc\/hosts$|(^|\/)hosts$/, 'hosts'],
  [/(^|\/)etc\/(hostname|sysconfig\/network)$/, 'hostname'],
  [/(^|\/)ifcfg-[^/]+$/, 'ifcfg'],
  [/\.nmconnection$/, 'nmconnection'],
  [/(^|\/)ntp\.conf$/, 'ntp.conf'],
  [/(^|\/)chrony\.conf$/, 'chrony.conf'],
  [/(^|\/)named\.conf$/, 'named.conf'],
  [/(^|\/)\d+(\.\d+){0,2}\.db$/, 'reverse-zone'],
  [/\.(db|zone)$/, 'zone'],
  [/(^|\/)drbd\.conf$/, 'drbd-global'],
  [/\.res$/, 'drbd'],
  [/(^|\/)corosync\.conf$/, 'corosync.conf'],
  [/(^|\/)cluster\.conf$/, 'cluster.conf'],
  [/(^|\/)sysconfig\/cman$/, 'cman'],
  [/(^|\/)resource\.d\/[^/]+\/[^/]+$/, 'agent'],
  [/\.repo$/, 'repository'],
  [/(^|\/)(nftables\.conf|sysconfig\/iptables|firewall\.sh)$/, 'firewall'],
  [/(^|\/)cib[^/]*\.xml$/, 'cib'],
  [/\.crm$/, 'crm'],
  [/pcs\.sh$/, 'pcs'],
  [/(^|\/)ha_cluster\.ya?ml$/, 'ansible'],
  [/(^|\/)RUNBOOK\.md$/, 'runbook'],
  [/(^|\/)manifest\.json$/, 'manifest'],
  [/(^|\/)etc\/fstab$/, 'fstab'],
  [/(^|\/)partitions\.txt$/, 'partitions'],
  [/(^|\/)crm_mon[^/]*\.txt$/, 'status'],
  [/\.sh$/, 'commands'],
];

/** Null for a file that is no artefact of a cluster. */
export function artefactKind(path: string): ArtefactKind | null {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
