import { chmodSync, cpSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckContext, CheckedFile, Checker, Verdict } from './checker.js';
import { ROOM, runInRoom, type RoomSetting } from './room.js';
import { findTool, runTool } from './tool.js';

const AGENTS = '/usr/lib/ocf/resource.d';
const SCHEMAS = '/usr/share/pacemaker';

/** This machine's resource agents with those of the folder among them: the shells ask agents what they take. */
function withAgents({ files, scratch }: CheckContext): RoomSetting {
  const folder = join(scratch, 'resource.d');
  cpSync(AGENTS, folder, { recursive: true, verbatimSymlinks: true });
  for (const { kind, name, text } of files) {
    const [, provider, type] = /resource\.d\/([^/]+)\/([^/]+)$/.exec(name) ?? [];
    if (kind !== 'agent' || provider === undefined || type === undefined) continue;
    mkdirSync(join(folder, provider), { recursive: true });
    writeFileSync(join(folder, provider, type), text, { mode: 0o755 });
    chmodSync(join(folder, provider, type), 0o755);
  }
  return { binds: [{ from: folder, over: AGENTS }] };
}

type Ran = Exclude<Verdict, { skip: string }>;

/** Runs steps until one fails; what they said, all of it. */
function steps(...runs: (() => Ran)[]): Ran {
  const said: string[] = [];
  for (const run of runs) {
    const { code, said: own } = run();
    said.push(...own);
    if (code !== 0) return { code, said };
  }
  return { code: 0, said };
}

/** Names of the nodes that the CIB of the folder has, with a status of their own: without one every check only warns. */
function nodesOf({ text }: { text: string }): string[] {
  return [...text.matchAll(/<node\b[^>]*\buname="([^"]+)"/g)].map(([, name = '']) => name);
}

/** crm_verify finds fault with a CIB in which no node was ever seen, so that all nodes are brought up first. */
function verified(cib: string, nodes: readonly string[], scratch: string): Ran {
  const filled = join(scratch, `filled-${Math.abs(hash(cib))}.xml`);
  return steps(
    () => {
      const { code, said } = runTool(findTool('crm_simulate')!, [
        '-x',
        cib,
        '-S',
        '-q',
        '1',
        '-O',
        filled,
        ...nodes.flatMap((node) => ['-u', node]),
      ]);
      return { code, said: code === 0 ? [] : said };
    },
    () => runTool(findTool('crm_verify')!, ['-x', filled, '-V']),
  );
}

function hash(text: string): number {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (Math.imul(sum, 31) + text.charCodeAt(i)) | 0;
  return sum;
}

function emptyCib(scratch: string, name: string): string {
  const path = join(scratch, name);
  writeFileSync(path, runTool(findTool('cibadmin')!, ['--empty']).out);
  return path;
}

const corosync: Checker = {
  kinds: ['corosync.conf'],
  tool: 'corosync -t -c',
  needs: ['corosync', ...ROOM],
  room: true,
  run(file, { scratch }) {
    const { path, text } = file;
    const keys = join(scratch, 'corosync');
    mkdirSync(keys);
    // It wants a key of at least 128 bytes to be there, and only reads it.
    writeFileSync(join(keys, 'authkey'), Buffer.alloc(256, 0x5a), { mode: 0o400 });
    const log = /^\s*logfile:\s*(\/var\/log\/[\w-]+)\/[\w.-]+\s*$/m.exec(text)?.[1];
    const setting = {
      ...nodeRoom(file, corosyncHosts(text)),
      folders: log === undefined ? [] : [log],
      binds: [{ from: keys, over: '/etc/corosync' }],
    };
    return runInRoom(setting, findTool('corosync')!, ['-t', '-c', path]);
  },
};

const wellFormed: Checker = {
  kinds: ['cluster.conf'],
  tool: 'xmllint --noout (well-formed only)',
  needs: ['xmllint'],
  room: false,
  run: ({ path }) => runTool(findTool('xmllint')!, ['--noout', path]),
};

const clusterSchema: Checker = {
  kinds: ['cluster.conf'],
  tool: 'ccs_config_validate -f',
  needs: ['ccs_config_validate'],
  room: false,
  run: ({ path }) => runTool(findTool('ccs_config_validate')!, ['-f', path]),
};

const cibSchema: Checker = {
  kinds: ['cib'],
  tool: 'xmllint --relaxng',
  needs: ['xmllint'],
  room: false,
  run({ path, text }) {
    const schema = /validate-with="([\w.-]+)"/.exec(text)?.[1] ?? '';
    const known = readdirSync(SCHEMAS).includes(`${schema}.rng`);
    if (!known) return { code: 1, said: [`Pacemaker's schema ${schema} is not here (${SCHEMAS})`] };
    return runTool(findTool('xmllint')!, ['--noout', '--relaxng', join(SCHEMAS, `${schema}.rng`), path]);
  },
};

const cib: Checker = {
  kinds: ['cib'],
  tool: 'crm_verify -V -x',
  needs: ['crm_verify', 'crm_simulate'],
  room: false,
  run: (file, { scratch }) => verified(file.path, nodesOf(file), scratch),
};

const crm: Checker = {
  kinds: ['crm'],
  tool: 'crm configure load update',
  needs: ['crm', 'cibadmin', 'crm_verify', 'crm_simulate', ...ROOM],
  room: true,
  run({ path }, context) {
    const { scratch, files } = context;
    const made = emptyCib(scratch, 'crm.xml');
    const nodes = nodesOf(files.find(({ kind }) => kind === 'cib') ?? { text: '' });
    return steps(
      () =>
        runInRoom(withAgents(context), findTool('crm')!, ['configure', 'load', 'update', path], {
          env: { CIB_file: made, HOME: scratch },
        }),
      () => verified(made, nodes, scratch),
    );
  },
};

const pcs: Checker = {
  kinds: ['pcs'],
  tool: 'pcs -f',
  needs: ['pcs', 'cibadmin', 'crm_verify', 'crm_simulate', ...ROOM],
  room: true,
  run({ path }, context) {
    const { scratch, files, target } = context;
    const version = runTool(findTool('pcs')!, ['--version']).said[0] ?? '';
    // Its words changed with Pacemaker 2: master became promotable, and other options with it.
    if (target === 'rhel6' && !version.startsWith('0.9'))
      return { skip: `written for pcs 0.9; this is pcs ${version}` };
    const made = emptyCib(scratch, 'pcs.xml');
    const nodes = nodesOf(files.find(({ kind }) => kind === 'cib') ?? { text: '' });
    return steps(
      () => runInRoom(withAgents(context), 'sh', [path, made], { env: { HOME: scratch } }),
      () => verified(made, nodes, scratch),
    );
  },
};

interface Host {
  name: string;
  address: string;
}

/** The room of a node: its name and address, as the file that is checked has them. A tool looks for itself in there. */
function nodeRoom({ node }: CheckedFile, hosts: readonly Host[]): RoomSetting {
  const own = hosts.find(({ name }) => name.split('.')[0] === node) ?? hosts[0];
  return own ? { hostname: own.name, addresses: [`${own.address}/24`] } : {};
}

function corosyncHosts(text: string): Host[] {
  return [...text.matchAll(/\bnode\s*\{([^}]*)\}/g)].flatMap(([, body = '']) => {
    const name = /^\s*name:\s*(\S+)/m.exec(body)?.[1];
    const address = /^\s*ring0_addr:\s*(\S+)/m.exec(body)?.[1];
    return name !== undefined && address !== undefined ? [{ name, address }] : [];
  });
}

function drbdHosts(text: string): Host[] {
  const found = text.matchAll(/\bon\s+(\S+)\s*\{[^}]*?address\s+(?:ipv4\s+)?([\d.]+):/g);
  return [...found].map(([, name = '', address = '']) => ({ name, address }));
}

/** DRBD's two generations of drbdadm put `fencing` in different sections: that says which one a file is for. */
function isOldDrbd(text: string): boolean {
  return /\bdisk\s*\{[^}]*\bfencing\b/.test(text) || !/\bnode-id\b/.test(text);
}

const drbd9: Checker = {
  kinds: ['drbd'],
  tool: 'drbdadm -c FILE dump',
  needs: ['drbdadm', ...ROOM],
  room: true,
  applies: ({ text }) => !isOldDrbd(text),
  run: (file) => runInRoom(nodeRoom(file, drbdHosts(file.text)), findTool('drbdadm')!, ['-c', file.path, 'dump']),
};

const drbd84: Checker = {
  kinds: ['drbd'],
  tool: 'drbdadm-84 -c FILE dump',
  needs: ['drbdadm-84', ...ROOM],
  room: true,
  applies: ({ text }) => isOldDrbd(text),
  run: (file) => runInRoom(nodeRoom(file, drbdHosts(file.text)), findTool('drbdadm-84')!, ['-c', file.path, 'dump']),
};

export const clusterCheckers: readonly Checker[] = [
  corosync,
  wellFormed,
  clusterSchema,
  cibSchema,
  cib,
  crm,
  pcs,
  drbd9,
  drbd84,
];
