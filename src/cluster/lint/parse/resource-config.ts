/** A value and the line it stands on. */
export interface Setting {
  value: string;
  line: number;
}

export interface ConfigOperation {
  name: string;
  /** Seconds. */
  interval: number;
  timeout: number | null;
  role: string | null;
  line: number;
}

interface ConfigPrimitive {
  id: string;
  /** `ocf:linbit:drbd`, `stonith:fence_pve`. */
  agent: string;
  options: Record<string, string>;
  operations: ConfigOperation[];
  line: number;
}

interface ConfigColocation {
  id: string;
  follower: string;
  followerRole: string | null;
  leader: string;
  leaderRole: string | null;
  score: string;
  line: number;
}

interface ConfigOrder {
  id: string;
  first: string;
  firstAction: string | null;
  next: string;
  nextAction: string | null;
  line: number;
}

/** What a CIB or a crm script configures, whichever of the two it was read from. */
export interface ResourceConfig {
  file: string;
  properties: Map<string, Setting>;
  resourceDefaults: Map<string, Setting>;
  primitives: ConfigPrimitive[];
  groups: { id: string; members: string[]; line: number }[];
  clones: { id: string; child: string; promotable: boolean; meta: Record<string, string>; line: number }[];
  colocations: ConfigColocation[];
  orders: ConfigOrder[];
  locations: { id: string; resource: string; line: number }[];
}

export function emptyConfig(file: string): ResourceConfig {
  return {
    file,
    properties: new Map(),
    resourceDefaults: new Map(),
    primitives: [],
    groups: [],
    clones: [],
    colocations: [],
    orders: [],
    locations: [],
  };
}

/** Seconds of `30`, `30s`, `2min`, `29000ms`; 0 where it is none of them. */
export function seconds(text: string | null | undefined): number {
  const [, number = '0', unit = ''] = /^(\d+)\s*(\w*)$/.exec((text ?? '').trim()) ?? [];
  const factor = { ms: 0.001, min: 60, m: 60, h: 3600 }[unit.toLowerCase()] ?? 1;
  return Number(number) * factor;
}

export function isPromoted(role: string | null): boolean {
  return role !== null && /^(master|promoted)$/i.test(role);
}
