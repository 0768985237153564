import { writeFileSync } from 'node:fs';
import { must } from './commands.js';
import type { PlannedNetwork, PlannedNode, RehearsalPlan } from './plan.js';

const bridge = (network: number) => `health${network}`;
let cables = 0;

/** A switch for each network, in this process's network namespace. */
export async function layNetworks(networks: PlannedNetwork[]): Promise<void> {
  await must('ip', ['link', 'set', 'lo', 'up']);
  for (const [i, network] of networks.entries()) {
    const name = bridge(i);
    await must('ip', ['link', 'add', name, 'type', 'bridge', 'forward_delay', '0', 'mcast_snooping', '0']);
    if (network.client !== null) {
      await must('ip', ['address', 'add', network.client, 'dev', name]);
      // Who asks must not be slower than what is measured: by default ARP asks once a second.
      writeFileSync(`/proc/sys/net/ipv4/neigh/${name}/retrans_time_ms`, '30');
    }
    await must('ip', ['link', 'set', name, 'up']);
  }
}

/** Gives a node that has just been switched on its interfaces. `pid`: its PID 1. */
export async function plugIn(plan: RehearsalPlan, node: PlannedNode, pid: number): Promise<void> {
  const inside = (words: string[]) => must('nsenter', ['-t', String(pid), '-n', 'ip', ...words]);
  await inside(['link', 'set', 'lo', 'up']);
  for (const { network, device, address, prefix, mtu } of node.interfaces) {
    const port = `cable${++cables}`;
    const index = plan.nodes.indexOf(node);
    await must('ip', ['link', 'add', port, 'type', 'veth', 'peer', 'name', device, 'netns', String(pid)]);
    await must('ip', [
      'link',
      'set',
      port,
      'mtu',
      String(mtu),
      'master',
      bridge(network),
      'alias',
      `node${index}`,
      'up',
    ]);
    await inside(['address', 'add', `${address}/${prefix}`, 'broadcast', '+', 'dev', device]);
    await inside(['link', 'set', device, 'mtu', String(mtu), 'up']);
  }
}

/** Cuts the nodes off from each other, or joins them again; who asks from the switch reaches both all the while. */
export async function isolate(on: boolean): Promise<void> {
  const ports: { ifname: string }[] = JSON.parse(await must('ip', ['-json', 'link', 'show', 'type', 'veth']));
  for (const { ifname } of ports) {
    await must('ip', ['link', 'set', 'dev', ifname, 'type', 'bridge_slave', 'isolated', on ? 'on' : 'off']);
  }
}
