import { chmodSync, copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname, join } from 'node:path';
import { must } from './commands.js';
import type { PlannedFile, RehearsalPlan } from './plan.js';

/** In memory, seen only by the rehearsal: it goes when the rehearsal's processes go. */
const ROOT = '/run/rehearsal';
/** The source every mount of a rehearsal names, so that one that was left would be known. */
export const MOUNT_NAME = 'health-rehearsal';

/** What happens on every rehearsed node is in these, below ROOT. */
export const FENCE_FOLDER = join(ROOT, 'fence');
export const NODE_INIT = join(ROOT, 'node-init');
export const PROBE = join(ROOT, 'probe.mjs');
export const nodeFolder = (name: string) => join(ROOT, 'nodes', name);

/** Lays out what the nodes are made of. Only in a mount namespace of one's own. */
export async function layOut(plan: RehearsalPlan): Promise<void> {
  await must('mount', ['-t', 'tmpfs', '-o', 'mode=755', MOUNT_NAME, '/run']);
  for (const folder of ['shared', 'fence', 'nodes']) mkdirSync(join(ROOT, folder), { recursive: true });
  write(ROOT, { path: 'node-init', text: plan.nodeInit, mode: 0o755 });
  write(ROOT, { path: 'probe.mjs', text: plan.probe, mode: 0o644 });
  // The stub's user may not be able to reach the folder of this program.
  write(ROOT, { path: 'node', text: '', mode: 0o755 });
  await must('mount', ['--bind', process.execPath, join(ROOT, 'node')]);
  for (const file of plan.shared) write(join(ROOT, 'shared'), file);
  const authkey = join(ROOT, 'authkey');
  writeFileSync(authkey, randomBytes(256));
  for (const node of plan.nodes) {
    const files = join(nodeFolder(node.name), 'files');
    for (const file of node.files) write(files, file);
    mkdirSync(join(files, 'etc/corosync'), { recursive: true });
    copyFileSync(authkey, join(files, 'etc/corosync/authkey'));
    chmodSync(join(files, 'etc/corosync/authkey'), 0o400);
    write(files, { path: 'etc/hostname', text: `${node.host}\n`, mode: 0o644 });
  }
}

function write(folder: string, file: PlannedFile): void {
  const path = join(folder, file.path);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, file.text);
  chmodSync(path, file.mode);
}
