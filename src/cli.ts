#!/usr/bin/env node
// Nothing is imported before this check: on an older Node the imports themselves would fail, with a stack trace.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`health: needs Node 20.19 or newer; this is ${process.versions.node}\n`);
  process.exitCode = 4;
} else {
  const { main } = await import('./cli/main.js');
  await main(process.argv);
}
