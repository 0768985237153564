import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { MOUNT_NAME } from './folders.js';

/**
 * What is still there of a rehearsal whose processes should have ended, looked up in the kernel's own lists: processes in
 * its namespaces, mounts by their name, interfaces. Empty: nothing.
 */
export function findLeftovers(namespaces: string[]): string[] {
  const found: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const inside = ['mnt', 'net', 'pid', 'ipc', 'uts'].some((one) =>
        namespaces.includes(readlinkSync(`/proc/${pid}/ns/${one}`)),
      );
      const mounts = readFileSync(`/proc/${pid}/mountinfo`, 'utf8').includes(` ${MOUNT_NAME} `);
      if (inside || mounts) found.push(`process ${pid} (${readFileSync(`/proc/${pid}/comm`, 'utf8').trim()})`);
    } catch {
      // It has ended since the list was read.
    }
  }
  for (const line of readFileSync('/proc/self/mountinfo', 'utf8').split('\n')) {
    if (line.includes(` ${MOUNT_NAME} `)) found.push(`mount ${line.split(' ')[4]}`);
  }
  for (const line of readFileSync('/proc/net/dev', 'utf8').split('\n')) {
    const name = /^\s*(health\d+|cable\d+):/.exec(line)?.[1];
    if (name !== undefined) found.push(`interface ${name}`);
  }
  return found;
}
