import { setFlagsFromString } from 'node:v8';

/** The last V8, that of Node 20, that counts bytes. */
const LAST_BY_BYTES = 11;

/**
 * Has V8 optimise later, and smaller pieces. A large collect runs two threads of its own; on two cores what V8 compiles
 * beside them takes a third of the time from them, and comes too late for a small history. Pacemaker's
 * gains a twelfth of the processor time; one of 300,000 commits neither gains nor loses. Holds for all threads.
 * Call it when all is loaded: with other flags V8 takes none of the code of Node's own modules that was compiled beforehand.
 */
export function compileLess(): void {
  // Bytes of bytecode run before a function is looked at again; V8's own is a third of it. Newer ones count calls, and would
  // say on stderr that they know no such flag.
  if (Number.parseInt(process.versions.v8, 10) <= LAST_BY_BYTES) setFlagsFromString('--interrupt-budget=200000');
  // Bytes of bytecode put into one function; V8's own is over four times as much.
  setFlagsFromString('--max-inlined-bytecode-size-cumulative=200');
}
