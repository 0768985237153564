import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Checker } from './checker.js';
import { findTool, runTool } from './tool.js';

const DTD = '/usr/share/resource-agents/ra-api-1.dtd';

/** What an agent says of itself, held against the DTD of OCF's resource agent API 1.0. */
const metadata: Checker = {
  kinds: ['agent'],
  tool: 'xmllint --dtdvalid ra-api-1.dtd',
  needs: ['xmllint'],
  room: false,
  run({ path }, { scratch }) {
    const told = runTool(path, ['meta-data'], { env: { OCF_ROOT: '/usr/lib/ocf' } });
    if (told.code !== 0) return told;
    const file = join(scratch, 'meta-data.xml');
    // The DTD it names is looked for in no other place.
    writeFileSync(file, told.out.replace(/^<!DOCTYPE.*$/m, ''));
    return runTool(findTool('xmllint')!, ['--noout', '--nonet', '--dtdvalid', DTD, file]);
  },
};

/** Starts and stops the very service: nothing for a check that leaves a machine as it is. This program's tests run it. */
const tester: Checker = {
  kinds: ['agent'],
  tool: 'ocf-tester',
  needs: ['ocf-tester'],
  room: false,
  run: () => ({ skip: 'starts and stops the service itself: run it on a node that does not serve yet' }),
};

export const agentCheckers: readonly Checker[] = [metadata, tester];
