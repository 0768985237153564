import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checker, CheckedFile } from './checker.js';
import { ROOM, runInRoom } from './room.js';
import { findTool, runTool } from './tool.js';

/** Names and addresses of a hosts file, in its order. */
function hostLines({ text }: CheckedFile): { address: string; names: string[] }[] {
  return text.split('\n').flatMap((line) => {
    const [address, ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    return address ? [{ address, names }] : [];
  });
}

/** The resolver must find each name at the address that the file gives it first. */
const hosts: Checker = {
  kinds: ['hosts'],
  tool: 'getent hosts',
  needs: ['getent', ...ROOM],
  room: true,
  run(file) {
    const wanted = new Map<string, string>();
    for (const { address, names } of hostLines(file)) {
      for (const name of names) if (!wanted.has(name)) wanted.set(name, address);
    }
    const binds = [{ from: file.path, over: '/etc/hosts' }];
    const wrong = [...wanted].flatMap(([name, address]) => {
      const found = runInRoom({ binds }, 'getent', ['hosts', name]).said[0]?.split(/\s+/)[0];
      return found === address ? [] : [`${name} is found at ${found ?? 'no address'}, not at ${address}`];
    });
    return { code: wrong.length === 0 ? 0 : 1, said: wrong };
  },
};

const chrony: Checker = {
  kinds: ['chrony.conf'],
  tool: 'chronyd -p -f',
  needs: ['chronyd'],
  room: false,
  run: ({ path }) => runTool(findTool('chronyd')!, ['-p', '-f', path]),
};

const keyfile: Checker = {
  kinds: ['nmconnection'],
  tool: 'nmcli --offline connection modify',
  needs: ['nmcli'],
  room: false,
  // Reads the whole keyfile, and writes it again only if it makes sense.
  run: ({ text }) =>
    runTool(findTool('nmcli')!, ['--offline', 'connection', 'modify', 'connection.autoconnect', 'yes'], {
      input: text,
    }),
};

/** A file of variables that scripts read. */
function isSettings({ kind, text }: CheckedFile): boolean {
  return kind === 'ifcfg' || kind === 'cman' || (kind === 'hostname' && text.includes('='));
}

const shell: Checker = {
  kinds: ['ifcfg', 'pcs', 'agent', 'cman', 'hostname', 'firewall'],
  tool: 'shellcheck --shell=sh',
  needs: ['shellcheck'],
  room: false,
  applies: (file) => isSettings(file) || file.text.startsWith('#!/bin/sh'),
  run(file) {
    // Variables of a settings file are for others to use.
    const excluded = isSettings(file) ? ['--exclude=SC2034'] : [];
    return runTool(findTool('shellcheck')!, ['--shell=sh', '--severity=style', ...excluded, file.path]);
  },
};

const nftables: Checker = {
  kinds: ['firewall'],
  tool: 'nft --check --file',
  needs: ['nft', ...ROOM],
  room: true,
  applies: ({ text }) => text.includes('nft -f'),
  run: ({ path }) => runInRoom({}, findTool('nft')!, ['--check', '--file', path]),
};

const iptables: Checker = {
  kinds: ['firewall'],
  tool: 'iptables-restore --test',
  needs: ['iptables-restore', ...ROOM],
  room: true,
  applies: ({ text }) => text.startsWith('*filter'),
  run: ({ path }) => runInRoom({}, findTool('iptables-restore')!, ['--test', path]),
};

/** `$ORIGIN` of a zone's file, by its name: `got.com.db`, `18.17.172.db`. */
function origin({ name, kind }: CheckedFile): string {
  const base = (name.split('/').at(-1) ?? '').replace(/\.(db|zone)$/, '');
  return kind === 'reverse-zone' ? `${base}.in-addr.arpa` : base;
}

const zone: Checker = {
  kinds: ['zone', 'reverse-zone'],
  tool: 'named-checkzone -i full',
  needs: ['named-checkzone'],
  room: false,
  run(file) {
    const { code, said } = runTool(findTool('named-checkzone')!, ['-i', 'full', origin(file), file.path]);
    // It loads a zone whose mail goes to a host without an address, and only remarks on it.
    const remarks = said.filter((line) => line !== 'OK' && !/loaded serial \d+$/.test(line));
    return { code: code === 0 && remarks.length > 0 ? 1 : code, said };
  },
};

const named: Checker = {
  kinds: ['named.conf'],
  tool: 'named-checkconf -z',
  needs: ['named-checkconf', ...ROOM],
  room: true,
  run(file, { folder, scratch }) {
    // The node's tree as a root of its own, with the working folder that the package would have made.
    const root = join(scratch, `root-${file.node ?? 'all'}`);
    cpSync(join(folder, file.node ?? ''), root, { recursive: true });
    const directory = /directory\s+"([^"]+)"/.exec(file.text)?.[1];
    if (directory !== undefined && !directory.includes('..')) mkdirSync(join(root, directory), { recursive: true });
    mkdirSync(join(root, 'dev'), { recursive: true });
    writeFileSync(join(root, 'dev/null'), '');
    const inside = file.name.slice((file.node ?? '').length);
    return runInRoom({}, findTool('named-checkconf')!, ['-z', '-t', root, inside]);
  },
};

export const systemCheckers: readonly Checker[] = [hosts, chrony, keyfile, shell, nftables, iptables, zone, named];
