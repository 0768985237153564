import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { ClusterSpec, SecretReference } from '../model/cluster.js';
import { clusterRules } from './cluster-rules.js';
import { clusterSchema, type ClusterText } from './cluster-schema.js';
import { loadDocument } from './document.js';

const BUILTIN = fileURLToPath(new URL('../../data/clusters/', import.meta.url));

/** Ids of the specs that come with the program. */
export function builtinClusters(): string[] {
  return readdirSync(BUILTIN)
    .flatMap((file) => /^(.+)\.yaml$/.exec(file)?.[1] ?? [])
    .sort();
}

/** Where a spec is: a file, or one that comes with the program by its id (`zimbra-ha`). */
export function clusterFile(name: string, cwd: string): string {
  return builtinClusters().includes(name) ? `${BUILTIN}${name}.yaml` : resolve(cwd, name);
}

/** A cluster's spec. HealthError bad-config lists all that is wrong with it: `FILE:LINE:COL: path: message`. */
export function loadCluster(name: string, cwd: string): ClusterSpec {
  return toSpec(loadDocument(clusterFile(name, cwd), cwd, clusterSchema, [clusterRules]));
}

/** JSON Schema (2020-12) of a spec's file. */
export function clusterJsonSchema(): unknown {
  return z.toJSONSchema(clusterSchema, { io: 'input', unrepresentable: 'any' });
}

function reference(text: { vault: string; file: string } | undefined): SecretReference | null {
  return text ? { vault: text.vault, file: text.file } : null;
}

function toSpec(text: ClusterText): ClusterSpec {
  const { storage, dns, quorum, constraints } = text;
  return {
    name: text.cluster,
    title: text.title.trim(),
    domain: text.domain,
    target: text.target,
    networks: text.networks.map(({ id, subnet, gateway = null, mtu, for: roles }) => ({
      id,
      subnet,
      gateway,
      mtu,
      roles,
    })),
    nodes: text.nodes.map(({ name, id, interfaces }) => ({
      name,
      id,
      interfaces: interfaces.map(({ mac, ...rest }) => ({ ...rest, mac: mac?.toLowerCase() ?? null })),
    })),
    virtualAddress: text.virtual_address,
    dns: dns ? { ...dns, mail: dns.mail ?? null } : null,
    time: text.time,
    storage: {
      resource: storage.resource,
      drbd: storage.drbd,
      device: storage.device,
      port: storage.port,
      protocol: storage.protocol,
      disk: storage.disk,
      metaDisk: storage.meta_disk,
      size: { disk: storage.size?.disk ?? null, meta: storage.size?.meta ?? null },
      filesystem: storage.filesystem,
      mount: storage.mount,
      secret: reference(storage.secret),
    },
    fencing: text.fencing.map(({ secret, ...rest }) => ({
      ...rest,
      secret: secret ? { option: secret.option, reference: { vault: secret.vault, file: secret.file } } : null,
    })),
    quorum:
      quorum === 'two-node'
        ? { kind: 'two-node' }
        : { kind: 'qdevice', host: quorum.qdevice, algorithm: quorum.algorithm, secret: reference(quorum.secret) },
    properties: text.properties,
    defaults: text.defaults,
    resources: text.resources.map(({ clone, operations, ...rest }) => ({
      ...rest,
      operations: operations.map(({ role = null, ...own }) => ({ ...own, role })),
      clone: clone ?? null,
    })),
    groups: text.groups,
    colocations: constraints.colocations.map(({ follower, leader, leader_role: leaderRole = null, score }) => ({
      id: `${follower}-with-${leader}${leaderRole === null ? '' : `-${leaderRole}`}`,
      follower,
      leader,
      leaderRole,
      score,
    })),
    orders: constraints.orders.map(({ first, first_action: firstAction, next, next_action: nextAction }) => ({
      id: `${first}-${firstAction}-before-${next}-${nextAction}`,
      first,
      firstAction,
      next,
      nextAction,
    })),
    locations: constraints.locations.map(({ resource, role = null, node, score }) => ({
      id: `${resource}${role === null ? '' : `-${role}`}-${score < 0 ? 'avoids' : 'prefers'}-${node}`,
      resource,
      role,
      node,
      score,
    })),
    firewall: text.firewall,
    service: { ...text.service, title: text.service.title.trim() },
    components: text.components.map(({ name, layer = null, candidate = null, versions, targets = null }) => ({
      name,
      layer,
      candidate,
      versions,
      targets,
    })),
  };
}
