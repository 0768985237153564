import { HealthError } from '../model/error.js';
import { isPrivate, tokenFor, type Credentials, type RemoteAddress } from './transport-address.js';
import { runGit } from './transport-git-program.js';
import { netrcCredentials } from './transport-netrc.js';

/** Milliseconds a credential helper has for its answer. */
const HELPER_TIME = 30_000;

export interface CredentialOptions {
  environment: Readonly<Record<string, string | undefined>>;
  signal: AbortSignal | undefined;
  idleTimeout: number;
}

/**
 * Answers a server that asks who we are: with the URL's own credentials, else a token of the environment, else what
 * ~/.netrc has for the host, else what git's credential helpers say. Kept for one fetch and nowhere else.
 */
export class CredentialSource {
  readonly #address: RemoteAddress;
  readonly #options: CredentialOptions;
  /** What git said, word for word: that is what it wants to hear again. */
  #helped: string | null = null;

  constructor(address: RemoteAddress, options: CredentialOptions) {
    this.#address = address;
    this.#options = options;
  }

  /** Null: nothing is known. */
  async find(): Promise<Credentials | null> {
    const { credentials, url } = this.#address;
    const { environment } = this.#options;
    if (credentials && credentials.password !== '') return credentials;
    const user = credentials?.username;
    const token = tokenFor(this.#address, environment);
    // Forges take any user name with a token; this one is GitHub's own convention.
    if (token) return { username: user ?? 'x-access-token', password: token };
    const kept = isPrivate(url) ? netrcCredentials(new URL(url).hostname, user, environment) : null;
    // A user without a password may be a token in itself.
    return kept ?? (await this.#ask(user)) ?? credentials;
  }

  /** Tells the helper that its answer was right. */
  async approve(): Promise<void> {
    await this.#tell('approve');
  }

  /** Tells the helper to forget its answer. */
  async reject(): Promise<void> {
    await this.#tell('reject');
  }

  async #ask(user: string | undefined): Promise<Credentials | null> {
    const { protocol, host, pathname } = new URL(this.#address.url);
    const question = [
      `protocol=${protocol.slice(0, -1)}`,
      `host=${host}`,
      `path=${percentDecoded(pathname.slice(1))}`,
      ...(user === undefined ? [] : [`username=${user}`]),
    ];
    // Each on a line of its own: a line break would be another statement.
    // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
    if (question.some((line) => /[\u0000\r\n]/.test(line))) return null;
    const answer = await this.#git('fill', `${question.join('\n')}\n\n`);
    const value = (name: string): string | undefined => new RegExp(`^${name}=(.*)$`, 'm').exec(answer)?.[1];
    const username = value('username');
    const password = value('password');
    // An answer for another place is none.
    if (value('host') !== host || value('protocol') !== protocol.slice(0, -1)) return null;
    if (username === undefined || password === undefined) return null;
    this.#helped = answer;
    return { username, password };
  }

  async #tell(what: 'approve' | 'reject'): Promise<void> {
    const helped = this.#helped;
    this.#helped = null;
    if (helped !== null) await this.#git(what, `${helped.trimEnd()}\n\n`);
  }

  /** Runs `git credential`; an empty answer where there is no git, no helper, or the helper knows nothing. */
  async #git(what: string, input: string): Promise<string> {
    const { environment, signal, idleTimeout } = this.#options;
    const { GIT_ASKPASS: _, SSH_ASKPASS: __, ...quiet } = environment;
    const limit = AbortSignal.timeout(Math.min(HELPER_TIME, idleTimeout));
    try {
      return await runGit(['-c', 'core.askPass=', 'credential', what], {
        url: this.#address.url,
        gitDir: null,
        environment: quiet,
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        idleTimeout: HELPER_TIME,
        input,
      });
    } catch (error) {
      if (signal?.aborted) throw error;
      if (!limit.aborted || what !== 'fill') return '';
      throw new HealthError('unauthorized', `${this.#address.url}: git's credential helper does not answer`, {
        hint: 'See what git credential fill says, or put a token that may read it into HEALTH_GIT_TOKEN.',
        cause: error,
      });
    }
  }
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
