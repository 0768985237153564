import { findTool, runTool, type ToolOptions, type ToolRun } from './tool.js';

/** Programs that a room needs. */
export const ROOM: readonly string[] = ['unshare', 'ip', 'hostname', 'mount'];

/** Whether namespaces can be made here, and with which words; null: not. Found out once. */
let words: string[] | null | undefined;

function unshareWords(): string[] | null {
  if (words !== undefined) return words;
  const unshare = findTool('unshare');
  words = null;
  if (unshare === null) return null;
  // Root as it is; anybody else as root of a user namespace of their own.
  for (const own of [[], ['--map-root-user']]) {
    const { code } = runTool(unshare, [...own, '--mount', '--net', '--uts', 'true']);
    if (code === 0) return (words = [unshare, ...own, '--mount', '--net', '--uts']);
  }
  return null;
}

export function hasRooms(): boolean {
  return unshareWords() !== null;
}

export interface RoomSetting {
  /** Host name within. */
  hostname?: string;
  /** Addresses of the loopback interface within, `172.17.18.191/24`. */
  addresses?: readonly string[];
  /** Files or folders that stand in place of others. */
  /** Folders that must be there; the place of one that isn't is laid over with an empty one. */
  folders?: readonly string[];
  binds?: readonly { from: string; over: string }[];
}

function counts(words: readonly string[], count: number): string[] {
  return [String(count), ...words];
}

/**
 * Runs a program in namespaces of its own: what it sees of names, addresses and files is arranged, and the machine stays
 * as it was. Only where `hasRooms`.
 */
export function runInRoom(
  setting: RoomSetting,
  tool: string,
  args: readonly string[],
  options: ToolOptions = {},
): ToolRun {
  const [unshare = '', ...flags] = unshareWords() ?? [];
  const { hostname, addresses = [], folders = [], binds = [] } = setting;
  // Everything that comes from a file is an argument, never part of the script.
  const script = [
    'set -e',
    'if [ -n "$1" ]; then hostname "$1"; fi; shift',
    'ip link set lo up',
    'n=$1; shift; while [ "$n" -gt 0 ]; do ip address add "$1" dev lo; shift; n=$((n - 1)); done',
    'n=$1; shift; while [ "$n" -gt 0 ]; do',
    '  [ -d "$1" ] || { mount -t tmpfs none "${1%/*}"; mkdir "$1"; }',
    '  shift; n=$((n - 1)); done',
    'n=$1; shift; while [ "$n" -gt 0 ]; do mount --bind "$1" "$2"; shift 2; n=$((n - 1)); done',
    'exec "$@"',
  ].join('\n');
  const bound = binds.flatMap(({ from, over }) => [from, over]);
  const counted = [
    hostname ?? '',
    ...counts(addresses, addresses.length),
    ...counts(folders, folders.length),
    ...counts(bound, binds.length),
  ];
  return runTool(unshare, [...flags, 'sh', '-c', script, 'room', ...counted, tool, ...args], options);
}
