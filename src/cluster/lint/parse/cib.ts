import { DOMParser, type Element } from '@xmldom/xmldom';
import { emptyConfig, seconds, type ResourceConfig, type Setting } from './resource-config.js';

function line(element: Element): number {
  return element.lineNumber ?? 1;
}

function text(element: Element, name: string): string {
  return element.getAttribute(name) ?? '';
}

function all(parent: Element, name: string): Element[] {
  return Array.from(parent.getElementsByTagName(name));
}

/** Elements directly below. */
function below(parent: Element, name: string): Element[] {
  return all(parent, name).filter(({ parentNode }) => parentNode === parent);
}

function pairs(parent: Element, set: string): Map<string, Setting> {
  const found = below(parent, set).flatMap((one) => below(one, 'nvpair'));
  return new Map(found.map((pair) => [text(pair, 'name'), { value: text(pair, 'value'), line: line(pair) }]));
}

function values(settings: Map<string, Setting>): Record<string, string> {
  return Object.fromEntries([...settings].map(([name, { value }]) => [name, value]));
}

function agentOf(primitive: Element): string {
  return ['class', 'provider', 'type']
    .map((name) => text(primitive, name))
    .filter((part) => part !== '')
    .join(':');
}

function readResources(config: ResourceConfig, resources: Element): void {
  for (const primitive of all(resources, 'primitive')) {
    config.primitives.push({
      id: text(primitive, 'id'),
      agent: agentOf(primitive),
      options: values(pairs(primitive, 'instance_attributes')),
      operations: all(primitive, 'op').map((op) => ({
        name: text(op, 'name'),
        interval: seconds(text(op, 'interval')),
        timeout: op.hasAttribute('timeout') ? seconds(text(op, 'timeout')) : null,
        role: op.getAttribute('role'),
        line: line(op),
      })),
      line: line(primitive),
    });
  }
  for (const group of all(resources, 'group')) {
    const members = below(group, 'primitive').map((primitive) => text(primitive, 'id'));
    config.groups.push({ id: text(group, 'id'), members, line: line(group) });
  }
  for (const element of [...all(resources, 'master'), ...all(resources, 'clone')]) {
    const meta = values(pairs(element, 'meta_attributes'));
    const [child] = [...below(element, 'primitive'), ...below(element, 'group')];
    const promotable = element.tagName === 'master' || meta['promotable'] === 'true';
    config.clones.push({
      id: text(element, 'id'),
      child: child ? text(child, 'id') : '',
      promotable,
      meta,
      line: line(element),
    });
  }
}

function readConstraints(config: ResourceConfig, root: Element): void {
  for (const one of all(root, 'rsc_colocation')) {
    config.colocations.push({
      id: text(one, 'id'),
      follower: text(one, 'rsc'),
      followerRole: one.getAttribute('rsc-role'),
      leader: text(one, 'with-rsc'),
      leaderRole: one.getAttribute('with-rsc-role'),
      score: text(one, 'score'),
      line: line(one),
    });
  }
  for (const one of all(root, 'rsc_order')) {
    config.orders.push({
      id: text(one, 'id'),
      first: text(one, 'first'),
      firstAction: one.getAttribute('first-action'),
      next: text(one, 'then'),
      nextAction: one.getAttribute('then-action'),
      line: line(one),
    });
  }
  for (const one of all(root, 'rsc_location')) {
    config.locations.push({ id: text(one, 'id'), resource: text(one, 'rsc'), line: line(one) });
  }
}

/** Reads a CIB; null where it is no XML, or none of a cluster. */
export function readCib(file: string, xml: string): ResourceConfig | null {
  let root: Element | null;
  try {
    root = new DOMParser({ locator: true, onError: () => {} }).parseFromString(xml, 'text/xml').documentElement;
  } catch {
    return null;
  }
  if (root?.tagName !== 'cib') return null;
  const config = emptyConfig(file);
  for (const element of all(root, 'crm_config')) config.properties = pairs(element, 'cluster_property_set');
  for (const element of all(root, 'rsc_defaults')) config.resourceDefaults = pairs(element, 'meta_attributes');
  for (const element of all(root, 'resources')) readResources(config, element);
  readConstraints(config, root);
  return config;
}
