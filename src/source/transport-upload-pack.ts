import { HealthError } from '../model/error.js';
import type { HaveWalk } from './transport-haves.js';
import { brokenOff, statusError } from './transport-error.js';
import type { HttpSession } from './transport-http.js';
import { ProgressLines } from './transport-progress-lines.js';

export interface PackRequest {
  wants: readonly string[];
  /** Names what is here already; null: nothing that could be counted on. */
  haves: HaveWalk | null;
  capabilities: ReadonlySet<string>;
  authorization: string | null;
}

const ASKED = ['multi_ack_detailed', 'no-done', 'side-band-64k', 'ofs-delta'];

/** Commits named in the first round, and in the largest. */
const FIRST = 16;
const FIRST_MOST = 256;
const MOST = 16_384;
/** So many commits unknown to the server since the last known one, and the search for more is given up; as git has it. */
const IN_VAIN = 256;

/** Hears what the server sends. */
export interface PackListener {
  /** Lines about its progress. */
  text(line: string): void;
  /** The next bytes of the pack. */
  pack(bytes: Buffer): Promise<void>;
}

/**
 * Asks the server for one pack and hands it on as it comes. What is here already is named in rounds, newest first and more each time, until the
 * server says it knows enough, or there is nothing left to name.
 */
export async function receivePack(
  session: HttpSession,
  shown: string,
  request: PackRequest,
  { text, pack }: PackListener,
): Promise<void> {
  if (!request.capabilities.has('side-band-64k')) {
    throw new HealthError('unsupported-repository', `${shown}: the server is too old to fetch from (no side-band-64k)`);
  }
  const { haves } = request;
  const common = new Set<string>();
  const lines = new ProgressLines(text);
  let ready = !request.capabilities.has('multi_ack_detailed');
  let inVain = 0;
  let size = Math.min(Math.max(FIRST, haves?.tips ?? 0), FIRST_MOST);
  for (;;) {
    const givenUp = common.size > 0 && inVain >= IN_VAIN;
    const fresh = haves && !givenUp && (!ready || common.size === 0) ? haves.take(size) : [];
    // Each round names commits that were not named before, so there is a last one.
    const done = ready || fresh.length < size;
    const answer = await session.open(
      'POST',
      '/git-upload-pack',
      headersOf(request),
      body(request, [...common, ...fresh], done),
    );
    if (answer.status !== 200) {
      answer.body.destroy();
      throw statusError(answer.status, shown, request.authorization !== null);
    }
    inVain += fresh.length;
    let written = 0;
    let packEnds = false;
    for await (const packet of packets(answer.body, session, shown)) {
      const band = packet[0];
      packEnds = packet.length === 0;
      if (band === 1) {
        written += packet.length - 1;
        await pack(packet.subarray(1));
      } else if (band === 2) {
        lines.add(packet.subarray(1).toString('utf8'));
      } else if (band === 3) {
        throw refusal(shown, packet.subarray(1));
      } else if (packet.subarray(0, 4).toString('latin1') === 'ERR ') {
        throw refusal(shown, packet.subarray(4));
      } else {
        const [, rev, how] = /^ACK ([0-9a-f]{40})(?: (\w+))?/.exec(packet.toString('latin1', 0, 64)) ?? [];
        if (rev === undefined) continue;
        if (how === 'ready') ready = true;
        if (how === 'common' && !common.has(rev)) {
          common.add(rev);
          haves?.known(rev);
          inVain = 0;
        }
      }
    }
    if (written > 0 || done) {
      if (!packEnds) throw brokenOff(shown);
      return;
    }
    size = Math.min(size * 2, MOST);
  }
}

function headersOf(request: PackRequest): Record<string, string> {
  return {
    'content-type': 'application/x-git-upload-pack-request',
    accept: 'application/x-git-upload-pack-result',
    ...(request.authorization !== null && { authorization: request.authorization }),
  };
}

function body({ wants, capabilities }: PackRequest, haves: readonly string[], done: boolean): Buffer {
  const asked = ASKED.filter((name) => capabilities.has(name));
  if (capabilities.has('agent')) asked.push('agent=git/stack-health');
  const lines = [
    ...wants.map((oid, i) => packetLine(`want ${oid}${i === 0 ? ` ${asked.join(' ')}` : ''}\n`)),
    '0000',
    ...haves.map((oid) => packetLine(`have ${oid}\n`)),
    done ? packetLine('done\n') : '0000',
  ];
  return Buffer.from(lines.join(''), 'latin1');
}

function packetLine(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

/** The payloads of git's packet lines, an empty one for a flush; HealthError when the stream ends inside of one. */
async function* packets(stream: AsyncIterable<Buffer>, session: HttpSession, shown: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  const iterator = stream[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<Buffer>;
      try {
        next = await iterator.next();
      } catch (error) {
        throw session.failure(error);
      }
      if (next.done) break;
      rest = rest.length === 0 ? next.value : Buffer.concat([rest, next.value]);
      let at = 0;
      while (rest.length - at >= 4) {
        const length = Math.max(4, packetLength(rest, at, shown));
        if (rest.length - at < length) break;
        yield rest.subarray(at + 4, at + length);
        at += length;
      }
      rest = rest.subarray(at);
    }
    if (rest.length > 0) throw brokenOff(shown);
  } finally {
    await iterator.return?.();
  }
}

function packetLength(buffer: Buffer, at: number, shown: string): number {
  const digits = buffer.toString('latin1', at, at + 4);
  if (!/^[0-9a-f]{4}$/i.test(digits)) {
    throw new HealthError('no-repository', `${shown}: the server's answer is not git's protocol`);
  }
  return Number.parseInt(digits, 16);
}

function refusal(shown: string, text: Buffer): HealthError {
  const said = text.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 300);
  return new HealthError('failed', `${shown}: the server gave up: ${said}`, {
    hint: 'Nothing was changed; run it again, and if it stays so ask those who run the server.',
  });
}
