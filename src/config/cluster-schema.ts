import * as z from 'zod';
import { clusterTargets } from '../model/cluster.js';
import { ipv4, subnet } from '../model/ipv4.js';
import { durationSeconds } from './duration.js';
import { checkedText, labelSchema } from './schema.js';

const HOST_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const PORT_MOST = 65_535;
const SCORE_MOST = 1_000_000;

function matching(pattern: RegExp, reason: string): z.ZodType<string> {
  return checkedText((text) => (pattern.test(text) ? null : reason));
}

/** Ids go into XML ids, shell scripts and file names. */
const id = matching(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'must be letters, digits, dashes and underscores, a letter first');
const hostLabel = matching(HOST_LABEL, 'must be a short host name: small letters, digits and dashes');
const domain = checkedText((text) =>
  text.length <= 253 && text.split('.').every((label) => HOST_LABEL.test(label)) && text.includes('.')
    ? null
    : 'must be a domain such as example.org, in small letters and without a final dot',
);
const address = checkedText((text) => (ipv4(text) === null ? 'must be an IPv4 address such as 192.0.2.1' : null));
const host = checkedText((text) =>
  ipv4(text) !== null || text.split('.').every((label) => HOST_LABEL.test(label))
    ? null
    : 'must be an IPv4 address or a host name',
);
const path = matching(/^\/(?:[A-Za-z0-9_][A-Za-z0-9._-]*\/?)+$/, 'must be an absolute path of plain letters');
const device = matching(/^\/dev\/[A-Za-z0-9][A-Za-z0-9/_-]*$/, 'must be a device such as /dev/vdb1');
const word = matching(/^[A-Za-z0-9][A-Za-z0-9._:+-]*$/, 'must be a word of letters, digits, dots and dashes');
const agent = matching(
  /^(?:ocf:[a-z0-9_-]+:[A-Za-z0-9_-]+|systemd:[A-Za-z0-9@._-]+|lsb:[A-Za-z0-9._-]+)$/,
  'must name a resource agent: ocf:provider:type, systemd:unit or lsb:script',
);
/** Goes into XML, shell and YAML, each of which has its own escapes; line ends and controls have none in some. */
const optionText = checkedText((text) => {
  if (text.length > 300) return 'must have at most 300 characters';
  return /[\p{Cc}\p{Zl}\p{Zp}]/u.test(text) ? 'must be a single line without control characters' : null;
});

/** A duration, in seconds. Not a zod union, whose errors say nothing a reader can use. */
const duration = z.unknown().transform((value, context): number => {
  const seconds = typeof value === 'string' || typeof value === 'number' ? durationSeconds(value) : null;
  if (seconds !== null) return seconds;
  context.addIssue({ code: 'custom', message: 'must be a time such as 90, 90s, 2min or 1h' });
  return z.NEVER;
});

const named = z.record(word, optionText);
const role = z.enum(['promoted', 'unpromoted']);
const target = z.enum(clusterTargets);
const action = z.enum(['start', 'stop', 'promote', 'demote']);
const score = z.number().int().min(-SCORE_MOST).max(SCORE_MOST);
const secret = { vault: word, file: path };

const qdevice = z.strictObject({
  qdevice: host,
  algorithm: z.enum(['ffsplit', 'lms']).default('ffsplit'),
  secret: z.strictObject(secret).optional(),
});

const quorum = z.unknown().transform((value, context): 'two-node' | z.infer<typeof qdevice> => {
  if (value === 'two-node') return value;
  const parsed = qdevice.safeParse(value);
  if (parsed.success) return parsed.data;
  const message = 'must be two-node, or {qdevice: HOST, algorithm: ffsplit} for a third host that votes';
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const operation = z.strictObject({
  name: z.enum(['start', 'stop', 'monitor', 'promote', 'demote', 'notify', 'reload']),
  interval: duration.default(0),
  timeout: duration,
  role: role.optional(),
});

const resource = z.strictObject({
  id,
  agent,
  options: named.default({}),
  operations: z.array(operation).default([]),
  meta: named.default({}),
  clone: z
    .strictObject({
      id,
      promotable: z.boolean().default(false),
      max: z.number().int().min(1).max(32).default(2),
      notify: z.boolean().default(false),
      interleave: z.boolean().default(true),
    })
    .optional(),
});

const constraints = z.strictObject({
  colocations: z
    .array(z.strictObject({ follower: id, leader: id, leader_role: role.optional(), score: score.default(SCORE_MOST) }))
    .default([]),
  orders: z
    .array(
      z.strictObject({
        first: id,
        first_action: action.default('start'),
        next: id,
        next_action: action.default('start'),
      }),
    )
    .default([]),
  locations: z
    .array(z.strictObject({ resource: id, role: z.literal('promoted').optional(), node: hostLabel, score }))
    .default([]),
});

const ports = checkedText((text) => {
  const [, from = '', to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text) ?? [];
  const fine = from !== '' && Number(from) >= 1 && Number(from) <= Number(to) && Number(to) <= PORT_MOST;
  return fine ? null : "must be a port such as '53' or a range such as '5404-5412'";
});

const versions = z.partialRecord(target, word);

/** A cluster's file. What it means as a whole is held by cluster-rules.ts. */
export const clusterSchema = z.strictObject({
  cluster: matching(/^[A-Za-z][A-Za-z0-9_-]{0,14}$/, 'must be 1 to 15 letters, digits, dashes or underscores'),
  title: labelSchema,
  domain,
  target,
  networks: z
    .array(
      z.strictObject({
        id,
        subnet: checkedText((text) => (subnet(text) ? null : 'must be a network such as 192.0.2.0/24, no host in it')),
        gateway: address.optional(),
        mtu: z.number().int().min(576).max(9216).default(1500),
        for: z.array(z.enum(['service', 'cluster', 'replication'])).min(1, 'must name what runs over it'),
      }),
    )
    .min(1, 'must list at least one network'),
  nodes: z.array(
    z.strictObject({
      name: hostLabel,
      id: z.number().int().min(1).max(255),
      interfaces: z
        .array(
          z.strictObject({
            network: id,
            device: matching(/^[a-z][a-z0-9.-]{0,14}$/, 'must be an interface such as eth0'),
            mac: matching(
              /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i,
              "must be an address such as '52:54:00:12:34:56'",
            ).optional(),
            address,
          }),
        )
        .min(1, 'must list at least one interface'),
    }),
  ),
  virtual_address: z.strictObject({ name: hostLabel, address, network: id }),
  dns: z
    .strictObject({
      forwarders: z.array(address).default([]),
      hostmaster: matching(/^[a-z0-9._-]+@[a-z0-9.-]+$/i, 'must be a mail address'),
      serial: z.number().int().min(1).max(4_294_967_295),
      ttl: duration,
      mail: z.strictObject({ host: hostLabel, preference: z.number().int().min(0).max(65_535) }).optional(),
    })
    .optional(),
  time: z.strictObject({ sources: z.array(host).min(1, 'must name at least one time source') }),
  storage: z.strictObject({
    resource: id,
    drbd: z.literal([8, 9]),
    device: matching(/^\/dev\/drbd\d{1,3}$/, 'must be a DRBD device such as /dev/drbd0'),
    port: z.number().int().min(1024).max(PORT_MOST),
    protocol: z.enum(['A', 'B', 'C']),
    disk: device,
    meta_disk: checkedText((text) =>
      text === 'internal' || /^\/dev\/[A-Za-z0-9][A-Za-z0-9/_-]*$/.test(text)
        ? null
        : "must be a device, or 'internal'",
    ),
    size: z.strictObject({ disk: z.number().positive().optional(), meta: z.number().positive().optional() }).optional(),
    filesystem: z.enum(['ext4', 'xfs']),
    mount: path,
    secret: z.strictObject(secret).optional(),
  }),
  fencing: z.array(
    z.strictObject({
      id,
      node: hostLabel,
      agent: matching(/^fence_[a-z0-9_]+$/, 'must be a fence agent such as fence_pve'),
      options: named.default({}),
      secret: z.strictObject({ option: word, ...secret }).optional(),
      delay: duration.default(0),
    }),
  ),
  quorum,
  properties: named.default({}),
  defaults: z.strictObject({ resources: named.default({}), operations: named.default({}) }).prefault({}),
  resources: z.array(resource).min(1, 'must list at least one resource'),
  groups: z
    .array(z.strictObject({ id, members: z.array(id).min(1, 'must have members'), meta: named.default({}) }))
    .default([]),
  constraints: constraints.prefault({}),
  firewall: z
    .array(
      z.strictObject({
        why: labelSchema,
        protocol: z.enum(['tcp', 'udp']),
        ports,
        from: z.enum(['nodes', 'anybody']),
      }),
    )
    .default([]),
  service: z.strictObject({
    title: labelSchema,
    resource: id,
    user: matching(/^[a-z_][a-z0-9_-]{0,31}$/, 'must be a user name'),
    packages: z.partialRecord(target, z.array(word)).default({}),
  }),
  components: z
    .array(
      z.strictObject({
        name: word,
        layer: word.nullish(),
        candidate: word.nullish(),
        versions: versions.default({}),
        targets: z.array(target).min(1, 'must name a target, or be left out').optional(),
      }),
    )
    .default([]),
});

export type ClusterText = z.infer<typeof clusterSchema>;
