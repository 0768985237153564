import type { Command } from 'commander';
import { listensTo, readGlobals, refuseUseless, type GlobalName, type Globals } from './globals.js';
import { helpTail, type Example } from './help.js';
import { Printer } from './printer.js';

/** What a command's work gets: its own options and arguments, the global ones, and a way to speak. */
export interface Call<Options> {
  args: string[];
  options: Options;
  globals: Globals;
  printer: Printer;
}

export interface Definition<Options> {
  name: string;
  summary: string;
  listensTo: readonly GlobalName[];
  examples: readonly Example[];
  /** Adds the command's own arguments and options. */
  shape?: (command: Command) => void;
  /** Returns the exit code; none is 0. Heavy imports belong in here, so that --help stays fast. */
  run: (call: Call<Options>) => Promise<number | void>;
}

/** Adds a command to the program. */
export function define<Options>(program: Command, definition: Definition<Options>): void {
  const command = program.command(definition.name).description(definition.summary);
  definition.shape?.(command);
  listensTo(command, definition.listensTo);
  command.addHelpText('after', helpTail(definition.examples));
  command.action(async () => {
    refuseUseless(command);
    const globals = readGlobals(command);
    const call = { args: command.args, options: command.opts() as Options, globals, printer: new Printer(globals) };
    const code = await definition.run(call);
    if (code !== undefined) process.exitCode = code;
  });
}
