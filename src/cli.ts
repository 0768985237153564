#!/usr/bin/env node
// Nothing is imported before this check: on an older Node the imports themselves would fail, with a stack trace.
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
  const program = await import('./cli/main.js').catch((error: unknown) => {
    const [line = ''] = String(error).split('\n');
    fail(`this installation is broken, install it again: ${line}`);
  });
  await program?.main(process.argv);
}

await start();
