import { createRequire } from 'node:module';
import type Database from 'better-sqlite3';

const require = createRequire(import.meta.url);
/** What better-sqlite3 13 is built on; Node has it since 22.14. */
const NODE_API = 10;

/**
 * better-sqlite3, as this Node can run it. Version 13 needs Node 22.14; version 12 runs on Node 20 and aborts on Node 24.19
 * and newer when it exits (its statements outlive the environment).
 */
const driver = (
  Number(process.versions.napi) >= NODE_API ? require('better-sqlite3') : require('better-sqlite3-node20')
) as typeof Database;

export default driver;
