import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HealthError } from '../../model/error.js';
import { findTool, runTool } from '../check/tool.js';
import { readOutcome, type Outcome } from './outcome.js';

const TOOLS = ['crm_simulate', 'crm_attribute'];

/** HealthError missing-tool where Pacemaker's own simulation isn't installed. */
export function requireSimulator(): void {
  const missing = TOOLS.filter((tool) => findTool(tool) === null);
  if (missing.length === 0) return;
  throw new HealthError('missing-tool', `not installed: ${missing.join(', ')}`, {
    hint: "They come with Pacemaker's command line tools: the package pacemaker-cli-utils on Debian.",
  });
}

/** A cluster that exists only as a file: what happens to it is decided by Pacemaker's own scheduler. */
export class Simulator {
  readonly #cib: string;
  readonly #next: string;

  /** `folder` is the caller's, who removes it. */
  constructor(folder: string, cib: string) {
    this.#cib = join(folder, 'cib.xml');
    this.#next = join(folder, 'next.xml');
    writeFileSync(this.#cib, cib);
  }

  /** Lets the cluster react to something; `injected` in crm_simulate's words. */
  step(injected: readonly string[] = []): Outcome {
    const words = ['--output-as=xml', '-S', '-x', this.#cib, '-O', this.#next, ...injected];
    const { code, out, said } = runTool(findTool('crm_simulate')!, words);
    if (code !== 0 || !out.includes('revised_cluster_status')) {
      throw new HealthError('failed', `crm_simulate could not go on: ${said.at(-1) ?? `exit code ${code}`}`);
    }
    // The next step goes on from where this one ended.
    renameSync(this.#next, this.#cib);
    return readOutcome(out);
  }

  /** What the nodes' votes come to. A CIB that no cluster wrote has none, and then nothing starts. */
  setQuorum(quorate: boolean): void {
    const cib = readFileSync(this.#cib, 'utf8').replace(/(<cib\b[^>]*?)\s+have-quorum="[^"]*"/, '$1');
    writeFileSync(this.#cib, cib.replace(/<cib\b/, `<cib have-quorum="${quorate ? 1 : 0}"`));
  }

  /** Sets a node's attribute for good, or (`untilReboot`) until it leaves; null takes it away. */
  set(node: string, name: string, value: string | null, untilReboot = false): void {
    const lifetime = untilReboot ? 'reboot' : 'forever';
    const what = value === null ? ['-D'] : ['-v', value];
    const env = { CIB_file: this.#cib };
    const { code, said } = runTool(findTool('crm_attribute')!, ['-N', node, '-n', name, '-l', lifetime, ...what], {
      env,
    });
    if (code !== 0)
      throw new HealthError('failed', `crm_attribute could not set ${name} of ${node}: ${said.at(-1) ?? code}`);
  }
}
