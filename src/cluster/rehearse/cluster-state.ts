import { DOMParser } from '@xmldom/xmldom';
import type { RehearsalNode } from './rehearsal-node.js';

/** What a node believes of the cluster; null: it has no say (yet). */
export interface ClusterState {
  coordinator: boolean;
  quorum: boolean;
  nodes: Map<string, { online: boolean; standby: boolean; pending: boolean; unclean: boolean }>;
  /** `mail_fs_monitor_0 on oak.example: not installed (why)`. */
  failures: string[];
}

export async function clusterState(node: RehearsalNode): Promise<ClusterState | null> {
  const { code, out } = await node.run('crm_mon', ['-1', '--output-as=xml'], 3000);
  if (code !== 0) return null;
  const document = new DOMParser({ onError: () => undefined }).parseFromString(out, 'text/xml');
  const coordinator = document.getElementsByTagName('current_dc')[0];
  const list = document.getElementsByTagName('nodes')[0];
  const nodes: ClusterState['nodes'] = new Map();
  for (const one of Array.from(list?.getElementsByTagName('node') ?? [])) {
    const is = (name: string) => one.getAttribute(name) === 'true';
    nodes.set(one.getAttribute('name') ?? '', {
      online: is('online'),
      standby: is('standby'),
      pending: is('pending'),
      unclean: is('unclean'),
    });
  }
  return {
    coordinator: coordinator?.getAttribute('present') === 'true',
    quorum: coordinator?.getAttribute('with_quorum') === 'true',
    nodes,
    failures: Array.from(document.getElementsByTagName('failure')).map((one) => {
      const [key, host, status, reason] = ['op_key', 'node', 'exitstatus', 'exitreason'].map((name) =>
        one.getAttribute(name),
      );
      return `${key} on ${host}: ${status}${reason ? ` (${reason})` : ''}`;
    }),
  };
}

/** Whether all who run agree that nothing is left to do: no node unclean or joining, no action pending. */
export async function isAtRest(nodes: RehearsalNode[]): Promise<boolean> {
  const running = nodes.filter((node) => node.pid !== null);
  for (const node of running) {
    const state = await clusterState(node);
    if (!state?.coordinator) return false;
    for (const other of nodes) {
      const seen = state.nodes.get(other.host);
      if (!seen || seen.unclean || seen.pending) return false;
      if (running.includes(other) && !seen.online && !seen.standby) return false;
    }
  }
  const [first] = running;
  return first !== undefined && (await first.run('crm_resource', ['--wait', '--timeout=10'], 15_000)).code === 0;
}
