import { DOMParser, XMLSerializer, type Document, type Element } from '@xmldom/xmldom';
import { HealthError } from '../../model/error.js';
import type { Rehearsal } from '../../model/cluster.js';

/** Where the stand-ins find things on a rehearsed node; data/clusters/rehearsal/node-init puts them there. */
const SHARED_FOLDER = '/run/rehearsal/shared';

/** Seconds; so often at least the service is looked at, or a dead one would keep the rehearsal waiting. */
const MONITOR = 10;
const DEADTIME = '3s';

export interface MappedCib {
  xml: string;
  substitutions: Rehearsal['substitutions'];
  /** Files on a node that say `Promoted` where a copy is active. */
  promotionStates: string[];
}

/**
 * The CIB of production made fit for a rehearsal: what needs a kernel module, a hypervisor or a minute is replaced, all
 * else is as it was. `service` is the id of the service's primitive. HealthError bad-config where it is no CIB.
 */
export function mapCib(text: string, service: string): MappedCib {
  const document = parse(text);
  const substitutions: Rehearsal['substitutions'] = [];
  const promotionStates: string[] = [];
  const note = (original: string, standIn: string, why: string) => {
    if (!substitutions.some((one) => one.original === original)) substitutions.push({ original, standIn, why });
  };

  for (const status of all(document, 'status')) status.parentNode?.removeChild(status);
  for (const primitive of all(document, 'primitive')) {
    const agent = ['class', 'provider', 'type'].map((name) => primitive.getAttribute(name)).filter(Boolean);
    const name = agent.join(':');
    const id = primitive.getAttribute('id') ?? '';
    if (name === 'ocf:linbit:drbd') {
      const state = `/run/rehearsal/${id}.state`;
      promotionStates.push(state);
      primitive.setAttribute('provider', 'pacemaker');
      primitive.setAttribute('type', 'Stateful');
      keepOptions(primitive, () => false);
      setOption(primitive, 'state', state);
      note(name, 'ocf:pacemaker:Stateful', "DRBD is a kernel module: it can't be had once a node on one machine");
    } else if (name === 'ocf:heartbeat:Filesystem') {
      const original = `${option(primitive, 'fstype') ?? 'file system'} on ${option(primitive, 'device') ?? 'a device'}`;
      setOption(primitive, 'device', SHARED_FOLDER);
      setOption(primitive, 'fstype', 'none');
      setOption(primitive, 'options', 'bind');
      note(original, 'bind mount of a folder both nodes see', 'there is no DRBD device under it');
    } else if (agent[0] === 'stonith') {
      const map = option(primitive, 'pcmk_host_map');
      keepOptions(primitive, (one) => one.startsWith('pcmk_') && one !== 'pcmk_host_map');
      if (map !== null) setOption(primitive, 'pcmk_host_list', hosts(map));
      primitive.setAttribute('type', 'fence_rehearsal');
      note(
        name,
        'stonith:fence_rehearsal',
        'there is no hypervisor: it kills PID 1 of the node, which takes all with it',
      );
    }
    if (id === service) hasten(primitive, note);
  }
  setProperty(document, 'dc-deadtime', DEADTIME);
  note('dc-deadtime 20s', `dc-deadtime ${DEADTIME}`, 'so that a lone node elects itself soon');
  return { xml: new XMLSerializer().serializeToString(document), substitutions, promotionStates };
}

function parse(text: string): Document {
  let document: Document;
  try {
    document = new DOMParser({ onError: (level, message) => fail(level, message) }).parseFromString(text, 'text/xml');
  } catch (cause) {
    throw new HealthError('bad-config', 'the CIB is no XML', { cause });
  }
  if (document.documentElement?.tagName !== 'cib') throw new HealthError('bad-config', 'the CIB has no element cib');
  return document;
}

function fail(level: string, message: string): void {
  if (level !== 'warning') throw new Error(message);
}

function all(from: Document | Element, name: string): Element[] {
  return Array.from(from.getElementsByTagName(name));
}

/** `a:1;b:2` to `a,b`. */
function hosts(map: string): string {
  return map
    .split(/[;\s]+/)
    .filter(Boolean)
    .map((one) => one.split(':')[0])
    .join(',');
}

function options(primitive: Element): Element[] {
  return all(primitive, 'instance_attributes').flatMap((set) => all(set, 'nvpair'));
}

function option(primitive: Element, name: string): string | null {
  return (
    options(primitive)
      .find((pair) => pair.getAttribute('name') === name)
      ?.getAttribute('value') ?? null
  );
}

function keepOptions(primitive: Element, keep: (name: string) => boolean): void {
  for (const pair of options(primitive)) {
    if (!keep(pair.getAttribute('name') ?? '')) pair.parentNode?.removeChild(pair);
  }
}

function setOption(primitive: Element, name: string, value: string): void {
  let set = all(primitive, 'instance_attributes')[0];
  if (!set) {
    set = create(primitive, 'instance_attributes', `${primitive.getAttribute('id')}-instance_attributes`);
    // The schema wants them before the operations.
    primitive.insertBefore(set, primitive.firstChild);
  }
  setPair(set, name, value);
}

function setProperty(document: Document, name: string, value: string): void {
  let set = all(document, 'cluster_property_set')[0];
  if (!set) {
    const config = all(document, 'crm_config')[0];
    if (!config) throw new HealthError('bad-config', 'the CIB has no element crm_config');
    set = create(config, 'cluster_property_set', 'cib-bootstrap-options');
    config.appendChild(set);
  }
  setPair(set, name, value);
}

function setPair(set: Element, name: string, value: string): void {
  let pair = all(set, 'nvpair').find((one) => one.getAttribute('name') === name);
  if (!pair) {
    pair = create(set, 'nvpair', `${set.getAttribute('id')}-${name}`);
    pair.setAttribute('name', name);
    set.appendChild(pair);
  }
  pair.setAttribute('value', value);
}

function create(near: Element, tag: string, id: string): Element {
  const element = near.ownerDocument!.createElement(tag);
  element.setAttribute('id', id);
  return element;
}

function hasten(primitive: Element, note: (original: string, standIn: string, why: string) => void): void {
  for (const operation of all(primitive, 'op')) {
    const interval = operation.getAttribute('interval') ?? '';
    if (operation.getAttribute('name') !== 'monitor' || !((seconds(interval) ?? 0) > MONITOR)) continue;
    operation.setAttribute('interval', `${MONITOR}s`);
    const id = primitive.getAttribute('id');
    const why = 'so that a dead service is found within the rehearsal: in production add the difference';
    note(`${id} monitored every ${interval}`, `every ${MONITOR}s`, why);
  }
}

/** Pacemaker's `2min`, `120`, `120s`, `500ms`; null where it is none of these. */
function seconds(interval: string): number | null {
  const match = /^(\d+)\s*(ms|msec|us|usec|s|sec|m|min|h|hr)?$/.exec(interval.trim());
  if (!match) return null;
  const unit: Record<string, number> = {
    ms: 1e-3,
    msec: 1e-3,
    us: 1e-6,
    usec: 1e-6,
    m: 60,
    min: 60,
    h: 3600,
    hr: 3600,
  };
  return Number(match[1]) * (unit[match[2] ?? 's'] ?? 1);
}
