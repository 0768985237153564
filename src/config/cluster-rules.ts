import { ipv4, isHostOf, subnet } from '../model/ipv4.js';
import { clusterSchema, type ClusterText } from './cluster-schema.js';
import { nearest } from './near.js';
import { pathText, type Problem } from './problem.js';
import type { YamlText } from './yaml.js';

type Path = (string | number)[];
type Say = (path: Path, message: string) => void;

/** Something that has a name, and where it stands. */
interface Named {
  name: string;
  path: Path;
}

function distinct(named: readonly Named[], what: string, say: Say): void {
  const seen = new Set<string>();
  for (const { name, path } of named) {
    if (seen.has(name)) say(path, `'${name}' is already ${what}`);
    seen.add(name);
  }
}

/** Holds a reference against what there is. */
function known(name: string, path: Path, there: readonly string[], what: string, say: Say): void {
  if (there.includes(name)) return;
  const near = nearest(name, there);
  say(
    path,
    `no ${what} is called '${name}'; ${near === null ? `there are: ${there.join(', ')}` : `did you mean '${near}'?`}`,
  );
}

function checkNodes({ nodes, fencing }: ClusterText, say: Say): void {
  if (nodes.length !== 2) {
    say(
      ['nodes'],
      `must be two nodes, not ${nodes.length}${nodes.length === 1 ? ': one alone has nowhere to fail over to' : ''}`,
    );
  }
  distinct(
    nodes.map(({ name }, i) => ({ name, path: ['nodes', i, 'name'] })),
    'the name of a node',
    say,
  );
  distinct(
    nodes.map(({ id }, i) => ({ name: String(id), path: ['nodes', i, 'id'] })),
    'the id of a node',
    say,
  );
  const names = nodes.map(({ name }) => name);
  fencing.forEach(({ node }, i) => known(node, ['fencing', i, 'node'], names, 'node', say));
  for (const [i, { name }] of nodes.entries()) {
    if (fencing.some(({ node }) => node === name)) continue;
    say(
      fencing.length === 0 ? ['fencing'] : ['nodes', i, 'name'],
      `nothing can switch ${name} off: without a fencing device for each node, a cut link leaves two masters of the data`,
    );
  }
}

/** Addresses, and the networks they are on. */
function checkAddresses(text: ClusterText, say: Say): void {
  const { networks, nodes, virtual_address: virtual } = text;
  const ids = networks.map(({ id }) => id);
  distinct(
    networks.map(({ id }, i) => ({ name: id, path: ['networks', i, 'id'] })),
    'the id of a network',
    say,
  );
  const used: Named[] = [];
  const place = (address: string, network: string, path: Path): void => {
    known(network, [...path, 'network'], ids, 'network', say);
    const among = subnet(networks.find(({ id }) => id === network)?.subnet ?? '');
    const number = ipv4(address);
    if (among && number !== null && !isHostOf(number, among)) {
      say(
        [...path, 'address'],
        `${address} is no host's address in ${networks.find(({ id }) => id === network)?.subnet}`,
      );
    }
    used.push({ name: address, path: [...path, 'address'] });
  };
  networks.forEach(({ gateway, subnet: net }, i) => {
    if (gateway === undefined) return;
    const among = subnet(net);
    if (among && !isHostOf(ipv4(gateway) ?? -1, among))
      say(['networks', i, 'gateway'], `${gateway} is no host's address in ${net}`);
    used.push({ name: gateway, path: ['networks', i, 'gateway'] });
  });
  nodes.forEach(({ interfaces }, i) => {
    interfaces.forEach(({ address, network }, j) => place(address, network, ['nodes', i, 'interfaces', j]));
    distinct(
      interfaces.map(({ device }, j) => ({ name: device, path: ['nodes', i, 'interfaces', j, 'device'] })),
      'an interface of this node',
      say,
    );
  });
  place(virtual.address, virtual.network, ['virtual_address']);
  distinct(used, 'the address of something else', say);
  if (nodes.some(({ name }) => name === virtual.name)) say(['virtual_address', 'name'], `'${virtual.name}' is a node`);
  for (const purpose of ['service', 'cluster', 'replication'] as const) {
    const carriers = networks.filter((network) => network.for.includes(purpose)).map(({ id }) => id);
    if (carriers.length === 0) say(['networks'], `no network is for ${purpose}`);
    nodes.forEach(({ name, interfaces }, i) => {
      if (carriers.length === 0 || interfaces.some(({ network }) => carriers.includes(network))) return;
      say(['nodes', i, 'interfaces'], `${name} has no interface on a network for ${purpose}`);
    });
  }
}

function checkResources(text: ClusterText, say: Say): void {
  const { resources, groups, constraints, service, nodes } = text;
  const ids = resources.map(({ id }) => id);
  const clones = resources.flatMap(({ clone }) => clone?.id ?? []);
  const all: Named[] = [
    ...resources.map(({ id }, i): Named => ({ name: id, path: ['resources', i, 'id'] })),
    ...resources.flatMap(({ clone }, i): Named[] =>
      clone ? [{ name: clone.id, path: ['resources', i, 'clone', 'id'] }] : [],
    ),
    ...groups.map(({ id }, i): Named => ({ name: id, path: ['groups', i, 'id'] })),
    ...text.fencing.map(({ id }, i): Named => ({ name: id, path: ['fencing', i, 'id'] })),
  ];
  distinct(all, 'the id of something else', say);
  const members: Named[] = [];
  groups.forEach(({ members: own }, i) => {
    own.forEach((member, j) => {
      const path: Path = ['groups', i, 'members', j];
      known(member, path, ids, 'resource', say);
      if (resources.some(({ id, clone }) => id === member && clone))
        say(path, `${member} is cloned, and a clone can't be in a group`);
      members.push({ name: member, path });
    });
  });
  distinct(members, 'a member of a group', say);
  const placed = [...ids, ...clones, ...groups.map(({ id }) => id)];
  const { colocations, orders, locations } = constraints;
  colocations.forEach(({ follower, leader }, i) => {
    known(follower, ['constraints', 'colocations', i, 'follower'], placed, 'resource, clone or group', say);
    known(leader, ['constraints', 'colocations', i, 'leader'], placed, 'resource, clone or group', say);
  });
  orders.forEach(({ first, next }, i) => {
    known(first, ['constraints', 'orders', i, 'first'], placed, 'resource, clone or group', say);
    known(next, ['constraints', 'orders', i, 'next'], placed, 'resource, clone or group', say);
  });
  locations.forEach(({ resource, node }, i) => {
    known(resource, ['constraints', 'locations', i, 'resource'], placed, 'resource, clone or group', say);
    known(
      node,
      ['constraints', 'locations', i, 'node'],
      nodes.map(({ name }) => name),
      'node',
      say,
    );
  });
  known(service.resource, ['service', 'resource'], ids, 'resource', say);
}

function checkStorage({ storage }: ClusterText, say: Say): void {
  if (storage.meta_disk === storage.disk)
    say(['storage', 'meta_disk'], 'is the disk itself; name another device, or internal');
}

function checkOthers({ quorum, nodes, domain, dns, virtual_address: virtual }: ClusterText, say: Say): void {
  const addresses = nodes.flatMap(({ interfaces }) => interfaces.map(({ address }) => address));
  const names = nodes.flatMap(({ name }) => [name, `${name}.${domain}`]);
  if (quorum !== 'two-node' && [...addresses, ...names].includes(quorum.qdevice)) {
    say(['quorum', 'qdevice'], `${quorum.qdevice} is one of the two nodes; a third host has to vote`);
  }
  if (dns?.mail)
    known(dns.mail.host, ['dns', 'mail', 'host'], [virtual.name, ...nodes.map(({ name }) => name)], 'host', say);
}

/** What the parts of a cluster's file have to do with each other. */
export function clusterRules(yaml: YamlText): Problem[] {
  const parsed = clusterSchema.safeParse(yaml.value);
  if (!parsed.success) return [];
  const problems: Problem[] = [];
  const say: Say = (path, message) => void problems.push({ ...yaml.locate(path), path: pathText(path), message });
  for (const check of [checkNodes, checkAddresses, checkResources, checkStorage, checkOthers]) check(parsed.data, say);
  return problems;
}
