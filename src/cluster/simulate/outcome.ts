import { DOMParser, type Element } from '@xmldom/xmldom';
import type { Placement, SimulationStep } from '../../model/cluster.js';

type Role = Placement['resources'][string][number]['role'];

/** Both generations of Pacemaker's words. */
const ROLES: Readonly<Record<string, Role>> = {
  Started: 'started',
  Stopped: 'stopped',
  Promoted: 'promoted',
  Master: 'promoted',
  Unpromoted: 'unpromoted',
  Slave: 'unpromoted',
};

/** What one run of crm_simulate led to. */
export interface Outcome {
  actions: SimulationStep['actions'];
  placement: Placement;
}

function children(parent: Element, name: string): Element[] {
  return Array.from(parent.getElementsByTagName(name));
}

function nodeState(node: Element): Placement['nodes'][string] {
  const is = (attribute: string): boolean => node.getAttribute(attribute) === 'true';
  if (is('unclean')) return 'unclean';
  if (!is('online')) return is('pending') ? 'pending' : 'offline';
  return is('standby') ? 'standby' : 'online';
}

function placementOf(status: Element): Placement {
  const placement: Placement = { resources: {}, nodes: {} };
  const nodes = children(status, 'nodes')[0];
  for (const node of nodes ? children(nodes, 'node') : []) {
    placement.nodes[node.getAttribute('name') ?? ''] = nodeState(node);
  }
  const resources = children(status, 'resources')[0];
  for (const resource of resources ? children(resources, 'resource') : []) {
    const id = resource.getAttribute('id') ?? '';
    const role = ROLES[resource.getAttribute('role') ?? ''] ?? 'stopped';
    const places = children(resource, 'node').map((node) => ({ node: node.getAttribute('name'), role }));
    const found = places.length > 0 ? places : [{ node: null, role: 'stopped' as const }];
    placement.resources[id] = [...(placement.resources[id] ?? []), ...found];
  }
  return placement;
}

/** What is done to resources and nodes; the rest of a transition only holds these together. */
function actionsOf(transition: Element): SimulationStep['actions'] {
  const actions: SimulationStep['actions'] = [];
  for (const child of Array.from(transition.childNodes)) {
    if (child.nodeType !== 1) continue;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- nodeType 1 is an element
    const element = child as Element;
    const attribute = (name: string): string => element.getAttribute(name) ?? '';
    const order = actions.length + 1;
    const node = attribute('node');
    if (element.tagName === 'rsc_action') {
      const action = attribute('op') || attribute('action');
      actions.push({ order, action, resource: attribute('resource'), node });
    } else if (element.tagName === 'fencing_action') {
      actions.push({ order, action: attribute('op'), resource: 'fencing', node: attribute('target') });
    }
  }
  return actions;
}

/** Reads the XML that crm_simulate writes. Throws where it holds no revised status. */
export function readOutcome(xml: string): Outcome {
  const root = new DOMParser().parseFromString(xml, 'text/xml').documentElement;
  const status = root ? children(root, 'revised_cluster_status')[0] : undefined;
  const transition = root ? children(root, 'transition')[0] : undefined;
  if (!status) throw new Error('crm_simulate told no revised status');
  return { actions: transition ? actionsOf(transition) : [], placement: placementOf(status) };
}
