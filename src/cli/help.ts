/** The same below every --help. */
const EXIT_CODES = `
Exit codes:
  0    done
  1    a rule, a check or a verification said no
  2    bad usage or configuration
  3    partly done: some projects failed
  4    failed
  130  interrupted
`;

export interface Example {
  line: string;
  does: string;
}

/** Examples and exit codes, to stand below a command's options. */
export function helpTail(examples: readonly Example[]): string {
  const width = Math.max(...examples.map(({ line }) => line.length));
  const lines = examples.map(({ line, does }) => `  ${line.padEnd(width)}  ${does}`);
  return `\nExamples:\n${lines.join('\n')}\n${EXIT_CODES}`.trimEnd();
}
