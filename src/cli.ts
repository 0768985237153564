#!/usr/bin/env node
import type { main } from './cli/main.js';

/** The names of the bundled program's files, which lie beside this one, for `collect` alone and for all commands: see bundle.ts. */
declare const PROGRAMS: { collect: string; other: string };

// Nothing is loaded before this check: on an older Node that itself would fail, with a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

function fail(message: string): void {
  process.stderr.write(`health: ${message}\n`);
  process.exitCode = 4;
}

async function start(): Promise<void> {
  if (major < 20 || (major === 20 && minor < 19)) {
    fail(`needs Node 20.19 or newer; this is ${process.versions.node}`);
    return;
  }
  let program: { main: typeof main };
  try {
    const { runKeepingCode } = await import('./cli/code-cache.js');
    const [, , command] = process.argv;
    const file = command === 'collect' ? PROGRAMS.collect : PROGRAMS.other;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is bundled from there
    program = runKeepingCode(new URL(file, import.meta.url), command) as typeof program;
  } catch (error) {
    const [line = ''] = String(error).split('\n');
    fail(`this installation is broken, install it again: ${line}`);
    return;
  }
  await program.main(process.argv);
  // To take down what is not needed any more would take as long as a short command does.
  if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) process.exit();
}

void start();
