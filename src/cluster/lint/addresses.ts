import { fullName } from '../hosts.js';
import { ofKind, type LintContext } from './rule.js';

/** Addresses of each node, by its short name, as its interface files (or the spec) have them. */
export function nodeAddresses(context: LintContext): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (node: string, address: string): void =>
    void found.set(node, (found.get(node) ?? new Set()).add(address));
  for (const { name, interfaces } of context.spec?.nodes ?? [])
    for (const { address } of interfaces) add(name, address);
  for (const { node, text } of ofKind(context, 'ifcfg', 'nmconnection')) {
    const address = /^\s*(?:IPADDR=|address1=)"?([\d.]+)/m.exec(text)?.[1];
    if (node !== null && address !== undefined) add(node, address);
  }
  return found;
}

/** Every name that a node has anywhere: in the spec, in cluster files, in the constraints. */
export function nodeNames(context: LintContext): string[] {
  const { spec } = context;
  const own = spec ? spec.nodes.map((node) => fullName(spec, node)) : [];
  const named = ofKind(context, 'cluster.conf', 'corosync.conf', 'cib').flatMap(({ text }) => [
    ...[...text.matchAll(/(?:clusternode name|uname)="([^"]+)"/g)].map(([, name = '']) => name),
    ...[...text.matchAll(/^\s*name:\s*(\S+)/gm)].map(([, name = '']) => name),
  ]);
  return [...new Set([...own, ...named])];
}
