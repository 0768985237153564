import { setFlagsFromString } from 'node:v8';

/** A number among V8's flags; `usual`: its own. */
interface Flag {
  name: string;
  ours: number;
  usual: number;
}

/** Bytes of bytecode put into one function. */
const INLINED: Flag = { name: 'max-inlined-bytecode-size-cumulative', ours: 200, usual: 920 };
/** Bytes of bytecode run before a function is looked at again. */
const BUDGET: Flag = { name: 'interrupt-budget', ours: 120_000, usual: 67_584 };
/** The last V8, that of Node 20, that counts bytes. Newer ones count calls, and say on stderr that they don't know that flag. */
const LAST_BY_BYTES = 11;

/**
 * Has V8 optimise later, and smaller pieces. A large collect runs two threads of its own; on two cores what V8 compiles
 * beside them takes a third of the time from them, and comes too late for a small history. Pacemaker's
 * gains a twelfth of the processor time; one of 300,000 commits neither gains nor loses. Holds for all threads.
 * Call it when all is loaded: with other flags V8 takes none of the code of Node's own modules that was compiled beforehand.
 */
export function compileLess(): void {
  const flags = Number.parseInt(process.versions.v8, 10) <= LAST_BY_BYTES ? [INLINED, BUDGET] : [INLINED];
  for (const { name, ours } of flags) setFlagsFromString(`--${name}=${ours}`);
  // Only under the flags that V8 begins with can code be kept for the next run: see code-cache.ts.
  process.prependListener('exit', () => {
    for (const { name, usual } of flags) setFlagsFromString(`--${name}=${usual}`);
  });
}
