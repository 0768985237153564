import { emptyConfig, seconds, type ConfigOperation, type ResourceConfig } from './resource-config.js';

/** One statement of a crm script: its lines joined, and cut into words; quotes are taken off. */
export interface CrmStatement {
  words: string[];
  line: number;
  /** The last line ended with a backslash, and so swallowed what followed. */
  lines: number;
}

function wordsOf(text: string): string[] {
  const found = text.matchAll(/(?:[^\s"']|"(?:\\.|[^"\\])*"|'[^']*')+/g);
  return [...found].map(([word]) =>
    word.replace(/"((?:\\.|[^"\\])*)"|'([^']*)'/g, (_, a?: string, b?: string) => a ?? b ?? ''),
  );
}

export function crmStatements(text: string): CrmStatement[] {
  const statements: CrmStatement[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const start = i;
    let whole = lines[i]!;
    if (/^\s*(#|$)/.test(whole)) continue;
    while (/\\\s*$/.test(whole) && i + 1 < lines.length) whole = `${whole.replace(/\\\s*$/, '')} ${lines[++i]!}`;
    statements.push({ words: wordsOf(whole), line: start + 1, lines: i - start + 1 });
  }
  return statements;
}

function settings(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.flatMap((word) => {
      const at = word.indexOf('=');
      return at > 0 ? [[word.slice(0, at), word.slice(at + 1)]] : [];
    }),
  );
}

/** Words cut at `params`, `meta`, `op`, …: each part with the word it begins with. */
function parts(words: readonly string[]): { head: string; words: string[] }[] {
  const found: { head: string; words: string[] }[] = [];
  for (const word of words) {
    if (/^(params|meta|op|operations|utilization)$/.test(word)) found.push({ head: word, words: [] });
    else found.at(-1)?.words.push(word);
  }
  return found;
}

function operation(words: readonly string[], line: number): ConfigOperation {
  const { interval, timeout, role = null } = settings(words);
  return {
    name: words[0] ?? '',
    interval: seconds(interval),
    timeout: timeout === undefined ? null : seconds(timeout),
    role,
    line,
  };
}

/** `drbd_ms:Master` as resource and role or action. */
function split(word: string): [name: string, tail: string | null] {
  const [name = '', tail] = word.split(':');
  return [name, tail ?? null];
}

function agentName(word: string): string {
  // The shell takes ocf:heartbeat for granted.
  return word.includes(':') ? word : `ocf:heartbeat:${word}`;
}

function read(config: ResourceConfig, { words, line }: CrmStatement): void {
  const [kind = '', id = '', ...rest] = words[0] === 'configure' ? words.slice(1) : words;
  if (kind === 'primitive') {
    const own = parts(rest);
    config.primitives.push({
      id,
      agent: agentName(rest[0] ?? ''),
      options: settings(own.filter(({ head }) => head === 'params').flatMap((part) => part.words)),
      operations: own.filter(({ head }) => head === 'op').map((part) => operation(part.words, line)),
      line,
    });
  } else if (kind === 'group') {
    const end = rest.findIndex((word) => /^(meta|params)$/.test(word));
    config.groups.push({ id, members: end < 0 ? rest : rest.slice(0, end), line });
  } else if (kind === 'ms' || kind === 'master' || kind === 'clone') {
    const meta = settings(rest.slice(1));
    config.clones.push({
      id,
      child: rest[0] ?? '',
      promotable: kind !== 'clone' || meta['promotable'] === 'true',
      meta,
      line,
    });
  } else if (kind === 'colocation') {
    const [score = '', first = '', second = ''] = rest;
    const [[follower, followerRole], [leader, leaderRole]] = [split(first), split(second)];
    config.colocations.push({ id, follower, followerRole, leader, leaderRole, score: score.replace(':', ''), line });
  } else if (kind === 'order') {
    const [[first, firstAction], [next, nextAction]] = [split(rest[1] ?? ''), split(rest[2] ?? '')];
    config.orders.push({ id, first, firstAction, next, nextAction, line });
  } else if (kind === 'location') config.locations.push({ id, resource: rest[0] ?? '', line });
  else if (kind === 'property' || kind === 'rsc_defaults') {
    const target = kind === 'property' ? config.properties : config.resourceDefaults;
    for (const [name, value] of Object.entries(settings([id, ...rest]))) target.set(name, { value, line });
  }
}

/** What a crm script configures. Statements it can't read are left to the crm shell to complain of. */
export function readCrm(file: string, text: string): ResourceConfig {
  const config = emptyConfig(file);
  for (const statement of crmStatements(text)) read(config, statement);
  return config;
}
