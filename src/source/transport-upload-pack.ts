import type { FileHandle } from 'node:fs/promises';
import { HealthError } from '../model/error.js';
import { brokenOff, statusError } from './transport-error.js';
import type { HttpSession } from './transport-http.js';
import { ProgressLines } from './transport-progress-lines.js';

export interface PackRequest {
  wants: readonly string[];
  /** Tips whose whole history is already here. */
  haves: readonly string[];
  capabilities: ReadonlySet<string>;
  authorization: string | null;
}

const ASKED = ['multi_ack_detailed', 'side-band-64k', 'ofs-delta'];

/**
 * Asks the server for one pack and writes it to `file` as it comes. Returns the number of bytes written. `text`
 * hears the server's progress lines. Everything is said in one round (wants, haves, done), so a server that knows
 * none of the haves sends more than it must; never less.
 */
export async function receivePack(
  session: HttpSession,
  shown: string,
  request: PackRequest,
  file: FileHandle,
  text: (line: string) => void,
): Promise<number> {
  if (!request.capabilities.has('side-band-64k')) {
    throw new HealthError('unsupported-repository', `${shown}: the server is too old to fetch from (no side-band-64k)`);
  }
  const answer = await session.open('POST', '/git-upload-pack', headersOf(request), body(request));
  if (answer.status !== 200) {
    answer.body.destroy();
    throw statusError(answer.status, shown, request.authorization !== null);
  }
  let written = 0;
  const lines = new ProgressLines(text);
  for await (const packet of packets(answer.body, session, shown)) {
    const band = packet[0];
    if (band === 1) {
      const data = packet.subarray(1);
      await writeAll(file, data);
      written += data.length;
    } else if (band === 2) {
      lines.add(packet.subarray(1).toString('utf8'));
    } else if (band === 3) {
      throw refusal(shown, packet.subarray(1));
    } else if (packet.subarray(0, 4).toString('latin1') === 'ERR ') {
      throw refusal(shown, packet.subarray(4));
    }
    // What is left are ACK, NAK and shallow lines: with one round there is nothing to decide on them.
  }
  return written;
}

function headersOf(request: PackRequest): Record<string, string> {
  return {
    'content-type': 'application/x-git-upload-pack-request',
    accept: 'application/x-git-upload-pack-result',
    ...(request.authorization !== null && { authorization: request.authorization }),
  };
}

function body({ wants, haves, capabilities }: PackRequest): Buffer {
  const asked = ASKED.filter((name) => capabilities.has(name));
  if (capabilities.has('agent')) asked.push('agent=git/stack-health');
  const lines = [
    ...wants.map((oid, i) => packetLine(`want ${oid}${i === 0 ? ` ${asked.join(' ')}` : ''}\n`)),
    '0000',
    ...haves.map((oid) => packetLine(`have ${oid}\n`)),
    packetLine('done\n'),
  ];
  return Buffer.from(lines.join(''), 'latin1');
}

function packetLine(text: string): string {
  return (text.length + 4).toString(16).padStart(4, '0') + text;
}

/** The payloads of git's packet lines up to the closing flush; HealthError when the stream ends before it. */
async function* packets(stream: AsyncIterable<Buffer>, session: HttpSession, shown: string): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  let closed = false;
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
        const length = packetLength(rest, at, shown);
        if (rest.length - at < length) break;
        // A packet after the flush would be something else; the last thing said counts.
        closed = length <= 4;
        if (length > 4) yield rest.subarray(at + 4, at + length);
        at += Math.max(4, length);
      }
      rest = rest.subarray(at);
    }
    if (!closed || rest.length > 0) throw brokenOff(shown);
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

async function writeAll(file: FileHandle, data: Buffer): Promise<void> {
  for (let at = 0; at < data.length;) at += (await file.write(data, at)).bytesWritten;
}

function refusal(shown: string, text: Buffer): HealthError {
  const said = text.toString('utf8').replace(/\s+/g, ' ').trim().slice(0, 300);
  return new HealthError('failed', `${shown}: the server gave up: ${said}`, {
    hint: 'Nothing was changed; run it again, and if it stays so ask those who run the server.',
  });
}
