import type { ArtefactKind, ClusterNode, ClusterSpec, ClusterTarget, RenderedFile } from '../../model/cluster.js';
import { dialects } from '../dialect.js';
import { renderClusterConf } from './cluster-conf.js';
import { renderCorosync } from './corosync.js';
import { renderNamed, renderReverseZone, renderZone, reverseName, reverseNets, zoneFile, zoneFolder } from './dns.js';
import { renderDrbd, renderDrbdGlobal } from './drbd.js';
import { renderFirewall } from './firewall.js';
import { renderHostname, renderHosts, renderSysconfigNetwork } from './hosts.js';
import { renderIfcfg, renderKeyfile } from './interface.js';
import { renderRepository } from './repository.js';
import { renderChrony, renderNtp } from './time.js';

type Add = (kind: ArtefactKind, path: string, text: string, mode?: number) => void;

const READABLE = 0o644;
const PRIVATE = 0o600;
const PROGRAM = 0o755;

function addSystem(spec: ClusterSpec, node: ClusterNode, target: ClusterTarget, add: Add): void {
  const isOld = dialects[target].system === 'sysv';
  add('hosts', 'etc/hosts', renderHosts(spec));
  if (isOld) add('hostname', 'etc/sysconfig/network', renderSysconfigNetwork(spec, node));
  else add('hostname', 'etc/hostname', renderHostname(spec, node));
  for (const own of node.interfaces) {
    if (isOld) add('ifcfg', `etc/sysconfig/network-scripts/ifcfg-${own.device}`, renderIfcfg(spec, own));
    else {
      const path = `etc/NetworkManager/system-connections/${own.device}.nmconnection`;
      add('nmconnection', path, renderKeyfile(spec, node, own), PRIVATE);
    }
  }
  if (isOld) add('ntp.conf', 'etc/ntp.conf', renderNtp(spec));
  else add('chrony.conf', target === 'debian12' ? 'etc/chrony/chrony.conf' : 'etc/chrony.conf', renderChrony(spec));
  const { path, text, mode } = renderFirewall(spec, target);
  add('firewall', path, text, mode);
  const repository = renderRepository(target);
  if (repository !== null) add('repository', 'etc/yum.repos.d/ha-cluster.repo', repository);
}

function addNames(spec: ClusterSpec, node: ClusterNode, target: ClusterTarget, add: Add): void {
  if (!spec.dns) return;
  const folder = zoneFolder(target).slice(1);
  add('named.conf', target === 'debian12' ? 'etc/bind/named.conf' : 'etc/named.conf', renderNamed(spec, node, target));
  add('zone', `${folder}/${zoneFile(spec)}`, renderZone(spec));
  for (const net of reverseNets(spec)) {
    add('reverse-zone', `${folder}/${reverseName(net)}.db`, renderReverseZone(spec, net));
  }
}

/** Everything that belongs on one node. `agent` is the text of the service's resource agent. */
export function nodeFiles(spec: ClusterSpec, node: ClusterNode, target: ClusterTarget, agent: string): RenderedFile[] {
  const files: RenderedFile[] = [];
  const add: Add = (kind, path, text, mode = READABLE) => void files.push({ node: node.name, kind, path, text, mode });
  addSystem(spec, node, target, add);
  addNames(spec, node, target, add);
  add('drbd-global', 'etc/drbd.conf', renderDrbdGlobal(spec));
  add('drbd', `etc/drbd.d/${spec.storage.resource}.res`, renderDrbd(spec, target));
  if (target === 'rhel6') {
    add('cluster.conf', 'etc/cluster/cluster.conf', renderClusterConf(spec), 0o640);
    // Left at its default: a node that starts alone waits for the other's votes, as two_node with wait_for_all does.
    add('cman', 'etc/sysconfig/cman', '# cman waits for quorum as long as it does by itself.\n');
  } else add('corosync.conf', 'etc/corosync/corosync.conf', renderCorosync(spec, target));
  const own = spec.resources.find(({ id }) => id === spec.service.resource);
  const [kind, provider, type] = own?.agent.split(':') ?? [];
  if (kind === 'ocf' && provider === 'stack-health' && type !== undefined) {
    add('agent', `usr/lib/ocf/resource.d/${provider}/${type}`, agent, PROGRAM);
  }
  return files;
}
