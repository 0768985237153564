import { accessSync, constants, existsSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../../model/error.js';
import { PATH, run } from './commands.js';

const TOOLS: Record<string, string[]> = {
  'util-linux': ['flock', 'mount', 'nsenter', 'setpriv', 'unshare'],
  iproute2: ['ip'],
  corosync: ['corosync', 'corosync-cfgtool'],
  pacemaker: ['pacemakerd'],
  'pacemaker-cli-utils': ['crm_attribute', 'crm_mon', 'crm_resource'],
  procps: ['ps'],
  psmisc: ['fuser'],
};

const AGENTS: Record<string, string[]> = {
  'resource-agents': ['heartbeat/Filesystem', 'heartbeat/IPaddr2'],
  pacemaker: ['pacemaker/Stateful'],
};

/** Tried in namespaces of its own, so that the machine is not touched. Says what it could not do. */
const TRIAL = `
mount -t tmpfs none /run && mkdir /run/upper /run/work || { echo "no file system may be mounted"; exit 1; }
mount -t overlay none -o lowerdir=/etc,upperdir=/run/upper,workdir=/run/work /etc || { echo "no overlay may be mounted"; exit 1; }
ip link add health0 type bridge && ip link add cable1 type veth peer name cable2 || { echo "no virtual network may be made"; exit 1; }
`;

/** HealthError, with one clear line, where no rehearsal can be held on this machine; nothing has been touched then. */
export async function assertCanRehearse(): Promise<void> {
  if (process.platform !== 'linux') throw cannot('only Linux has the namespaces it needs');
  if (process.getuid?.() !== 0) throw cannot('only root may make the namespaces it needs', 'Run it with sudo.');
  const missing = [
    ...lacking(TOOLS, (tool) => PATH.split(':').some((folder) => isExecutable(join(folder, tool)))),
    ...lacking(AGENTS, (agent) => existsSync(join('/usr/lib/ocf/resource.d', agent))),
  ];
  if (missing.length > 0) {
    const packages = [...new Set(missing.map(([, one]) => one))].sort().join(' ');
    const names = missing.map(([name]) => name).join(', ');
    throw cannot(`this machine has no ${names}`, `Install them: apt-get install ${packages}`, 'missing-tool');
  }
  const namespaces = ['-n', '-m', '-p', '-i', '-u', '--fork', '--kill-child', '--mount-proc'];
  const { code, out, err } = await run('unshare', [...namespaces, 'sh', '-c', TRIAL]);
  if (code === 0) return;
  const why = out.trim() || `namespaces are not allowed here (${err.trim().split('\n')[0] ?? ''})`;
  throw cannot(why, 'In a container it takes a privileged one (docker run --privileged).');
}

function cannot(message: string, hint?: string, code: 'failed' | 'missing-tool' = 'failed'): HealthError {
  return new HealthError(code, `no rehearsal can be held: ${message}`, hint === undefined ? {} : { hint });
}

function lacking(wanted: Record<string, string[]>, there: (name: string) => boolean): [string, string][] {
  return Object.entries(wanted).flatMap(([from, names]) =>
    names.filter((name) => !there(name)).map((name): [string, string] => [name, from]),
  );
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
