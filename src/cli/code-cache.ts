import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { cachedDataVersionTag, getHeapCodeStatistics } from 'node:v8';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/**
 * Before the code: its checksum, how many bytes of it there were in memory when it was written, and later runs that looked.
 * V8 copies code that does not begin at a multiple of eight.
 */
const HEAD = 16;
const BYTES = 4;
const LOOKS = 8;
/** So much more makes it worth keeping anew. */
const MUCH = 64 << 10;
/** To look how much there is takes a moment: so many runs do, then each so many-th. */
const SOME = 8;
const MONTH = 30 * 24 * 3600 * 1000;
const COMMAND = /^[a-z]{2,16}$/;

/**
 * Runs a bundled program and returns what it exports. Its file is a function of `exports`, `require`, `module`, `__filename`,
 * `__dirname`, as in CommonJS, and of `bundledImport`, by which it has to import. V8's code of it
 * is kept from run to run, with the functions that were used, in the user's cache folder: to compile them takes longer
 * than many a command. Kept code is for one program, V8, set of flags and command; where it can't be read or written the
 * program is compiled as always.
 * NODE_DISABLE_COMPILE_CACHE turns it off, as it does Node's own.
 */
export function runKeepingCode(file: URL, command: string | undefined): unknown {
  const program = fileURLToPath(file);
  const path = keptPath(program, command);
  const before = path === null ? NOTHING : read(path);
  const { kept } = before;
  // Bundled code is plain ASCII.
  const source = readFileSync(program, 'latin1');
  const script = new Script(source, { filename: program, ...(kept !== null && { cachedData: kept }) });
  const module = { exports: {} };
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it is what stands above
  const run = script.runInThisContext() as (...args: unknown[]) => void;
  run(module.exports, createRequire(program), module, program, dirname(program), load);
  // V8 had its reasons, and would have them again.
  if (path !== null && script.cachedDataRejected !== true) keepAtExit(path, script, before);
  return module.exports;
}

/** A script of its own may not import. */
function load(name: string): Promise<unknown> {
  return import(name);
}

function keepAtExit(path: string, script: Script, { kept, bytes: before, looks }: KeptCode): void {
  const tag = cachedDataVersionTag();
  process.on('exit', (code) => {
    // With other flags V8 would not take it again.
    if (code !== 0 || cachedDataVersionTag() !== tag) return;
    if (kept !== null && looks >= SOME && process.pid % SOME !== 0) return;
    const { bytecode_and_metadata_size: bytes } = getHeapCodeStatistics();
    if (kept === null || bytes > before + MUCH) write(path, script.createCachedData(), bytes);
    else if (looks < SOME) noteLook(path, looks + 1);
  });
}

/** Where the code of a program is kept, whose own name tells builds apart; null: nowhere. */
function keptPath(program: string, command: string | undefined): string | null {
  if (process.env['NODE_DISABLE_COMPILE_CACHE'] || command === undefined || !COMMAND.test(command)) return null;
  const name = program.slice(dirname(program).length + 1);
  return join(cacheFolder(), `${name}-${cachedDataVersionTag()}-${command}`);
}

function cacheFolder(): string {
  const { env, platform } = process;
  const given = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  const usual = platform === 'darwin' ? 'Library/Caches' : '.cache';
  return join(given || join(homedir(), usual), 'stack-health');
}

interface KeptCode {
  kept: Buffer | null;
  /** Of code in memory when it was written. */
  bytes: number;
  /** So many runs found little more. */
  looks: number;
}

const NOTHING: KeptCode = { kept: null, bytes: 0, looks: 0 };

/** Nothing where there is none, or not what was written. */
function read(path: string): KeptCode {
  try {
    const file = readFileSync(path);
    const kept = file.subarray(HEAD);
    if (file.readUInt32LE(0) !== crc32(kept)) return NOTHING;
    return { kept, bytes: file.readUInt32LE(BYTES), looks: file.readUInt32LE(LOOKS) };
  } catch {
    return NOTHING;
  }
}

function write(path: string, code: Buffer, bytes: number): void {
  const [folder, own] = [dirname(path), `${path}.${process.pid}`];
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const head = Buffer.alloc(HEAD);
    head.writeUInt32LE(crc32(code));
    head.writeUInt32LE(bytes, BYTES);
    writeFileSync(own, Buffer.concat([head, code]), { mode: 0o600 });
    renameSync(own, path);
    for (const name of readdirSync(folder)) removeOld(join(folder, name));
  } catch {
    // Nothing is lost but time: the folder may be full, or nobody's to write.
    remove(own);
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // It may not even be a folder that it would lie in.
  }
}

function noteLook(path: string, looks: number): void {
  const number = Buffer.alloc(4);
  number.writeUInt32LE(looks);
  try {
    const fd = openSync(path, 'r+');
    writeSync(fd, number, 0, number.length, LOOKS);
    closeSync(fd);
  } catch {
    // As above.
  }
}

function removeOld(path: string): void {
  if (Date.now() - statSync(path).mtimeMs > MONTH) remove(path);
}
