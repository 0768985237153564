import * as z from 'zod';
import { clusterTargets } from '../model/cluster.js';

const text = z.string();
const count = z.number().nonnegative();
const seconds = count.nullable();
const release = z.looseObject({ tag: text, version: text, date: text });
const distance = z.looseObject({ to: release, releases: count, commits: count, days: z.number() });
const storedAddress = z.looseObject({ network: text, device: text, address: text });

const placement = z.looseObject({
  resources: z.record(
    text,
    z.array(z.looseObject({ node: text.nullable(), role: z.enum(['started', 'stopped', 'promoted', 'unpromoted']) })),
  ),
  nodes: z.record(text, z.enum(['online', 'standby', 'offline', 'unclean', 'pending'])),
});

/** What `health cluster simulate --json` prints; see model/cluster. */
export const simulationsSchema = z.array(
  z.looseObject({
    scenario: text,
    title: text,
    configuration: z.enum(['ours', 'thesis']),
    steps: z.array(
      z.looseObject({
        event: text,
        actions: z.array(z.looseObject({ order: count, action: text, resource: text, node: text })),
        expected: placement,
        actual: placement,
        equal: z.boolean(),
      }),
    ),
  }),
);

/** What `health cluster rehearse --json` prints; see model/cluster. */
export const rehearsalSchema = z.looseObject({
  cluster: text,
  at: text,
  versions: z.record(text, text),
  steps: z.array(
    z.looseObject({
      scenario: text,
      event: text,
      addressAway: seconds,
      serviceAway: seconds,
      recovered: seconds,
      expectedNodes: z.array(text),
      servedBy: text.nullable(),
      fenced: z.array(text),
      violations: z.array(text),
      ok: z.boolean(),
    }),
  ),
  substitutions: z.array(z.looseObject({ original: text, standIn: text, why: text })),
  took: count,
  blind: count,
  leftovers: z.array(text),
  ok: z.boolean(),
});

const cluster = z.looseObject({
  name: text,
  title: text,
  domain: text,
  target: z.enum(clusterTargets),
  nodes: z.array(z.looseObject({ name: text, interfaces: z.array(storedAddress) })),
  networks: z.array(z.looseObject({ id: text, subnet: text, roles: z.array(text) })),
  virtualAddress: z.looseObject({ name: text, address: text, network: text }),
  storage: z.looseObject({
    resource: text,
    drbd: count,
    protocol: text,
    port: count,
    device: text,
    disk: text,
    metaDisk: text,
    filesystem: text,
    mount: text,
  }),
  fencing: z.array(z.looseObject({ id: text, node: text, agent: text, delay: count })),
  quorum: z.looseObject({
    kind: z.enum(['two-node', 'qdevice']),
    host: text.nullable(),
    algorithm: text.nullable(),
  }),
  service: text,
});

const component = z.looseObject({
  name: text,
  layer: text.nullable(),
  candidate: text.nullable(),
  version: text.nullable(),
  project: text.nullable(),
  figures: z
    .looseObject({
      lastRelease: text.nullable(),
      released: text.nullable(),
      daysSinceRelease: z.number().nullable(),
      absenceFactor: z.number().nullable(),
      commitsLastYear: z.number().nullable(),
    })
    .nullable(),
  standing: z
    .looseObject({ used: release, series: z.looseObject({ name: text, behind: distance }), newest: distance })
    .nullable(),
  reason: text.nullable(),
});

/** The cluster of a result as its JSON has it; see model/deployed-cluster. */
export const deploymentSchema = z.looseObject({
  cluster,
  components: z.array(component),
  lint: z.array(
    z.looseObject({
      rule: text,
      severity: z.enum(['error', 'warning', 'note']),
      message: text,
      place: z.looseObject({ file: text, line: count.nullable() }).nullable(),
    }),
  ),
  simulations: simulationsSchema.nullable(),
  rehearsal: rehearsalSchema.nullable(),
});
