import { HealthError, type ErrorCode } from '../model/error.js';
import { brokenOff } from './transport-error.js';

interface Meaning {
  said: RegExp;
  code: ErrorCode;
  message: string;
  hint: string;
}

/** What git and ssh say, in English, and what it means. The first that fits counts. */
const MEANINGS: readonly Meaning[] = [
  {
    said: /could not resolve hostname|unable to look up|name or service not known|temporary failure in name/i,
    code: 'unreachable',
    message: 'no address was found for its host',
    hint: 'Check the spelling of the address and the network.',
  },
  {
    said: /host key verification failed/i,
    code: 'unreachable',
    message: "its host's key is not known here, or is another than before",
    hint: 'Connect once with ssh by hand, and compare the fingerprint with what those who run the server publish.',
  },
  {
    said: /permission denied \(|too many authentication failures|no supported authentication/i,
    code: 'unauthorized',
    message: 'the server took none of our keys',
    hint: 'Load a key that may read it into ssh-agent, or name one in ~/.ssh/config: nothing is asked for here.',
  },
  {
    said: /connection refused/i,
    code: 'unreachable',
    message: 'its host refused the connection',
    hint: 'Check the port of the address, and that the server runs.',
  },
  {
    said: /timed out|no route to host|network is unreachable/i,
    code: 'unreachable',
    message: "its host can't be reached",
    hint: 'Check the network, and try again.',
  },
  {
    said: /cannot run|ssh(?:\.exe)?: (?:command )?not found/i,
    code: 'unreachable',
    message: 'git finds no ssh to connect with',
    hint: 'Install ssh, check GIT_SSH_COMMAND and core.sshCommand, or give the https:// URL of the repository.',
  },
  {
    said: /no such remote ref/i,
    code: 'unreachable',
    message: 'its refs changed while they were fetched',
    hint: 'Nothing was changed; run it again.',
  },
  {
    said: /does not appear to be a git repository|repository not exported|repository not found|not a git repository|could not be found|no such repository|does not exist/i,
    code: 'not-found',
    message: 'the server has no such repository, or does not show it to us',
    hint: 'Check the address, and that your key may read it.',
  },
  {
    said: /no space left|disk quota exceeded/i,
    code: 'disk-full',
    message: 'the disk that holds the clones is full',
    hint: 'Make room, or put the clones elsewhere with --clones; then run it again. What was there is unharmed.',
  },
];

const CUT = /early eof|hung up unexpectedly|unexpected disconnect|connection (?:reset|closed)|broken pipe|read error/i;
const PACK = /index-pack|bad pack|pack (?:is|has)|sha1 mismatch|inflate|corrupt/i;
const NOISE =
  /^(?:fatal: could not read from remote repository\.|please make sure|and the repository exists|warning: )/i;

/** Why git failed, from what it said. */
export function gitFailure(said: readonly string[], url: string): HealthError {
  const text = said.join('\n');
  const meaning = MEANINGS.find((one) => one.said.test(text));
  if (meaning) return new HealthError(meaning.code, `${url}: ${meaning.message}`, { hint: meaning.hint });
  if (CUT.test(text)) return brokenOff(url);
  if (PACK.test(text)) {
    return new HealthError('corrupt-object', `${url}: the pack that came is damaged: ${lastWords(said)}`, {
      hint: 'Nothing was changed; run it again.',
    });
  }
  return new HealthError('failed', `${url}: git could not fetch it: ${lastWords(said)}`, {
    hint: 'Nothing was changed; see whether git ls-remote with that address works.',
  });
}

function lastWords(said: readonly string[]): string {
  const telling = said.filter((line) => !NOISE.test(line) && !/\d+% \(/.test(line));
  const last = telling.findLast((line) => /^(?:fatal|error|ssh|remote)\b/i.test(line)) ?? telling.at(-1) ?? said.at(-1);
  return (last ?? 'it gave no reason').replace(/^(?:fatal|error): /, '');
}
