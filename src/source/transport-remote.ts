import type { RemoteAddress } from './transport-address.js';
import { TALK_TIMEOUT, type ObtainOptions } from './transport-options.js';
import { fetchPack } from './transport-fetch.js';
import { HttpSession } from './transport-http.js';
import { webSettings } from './transport-web-settings.js';
import { readRemote, type RefState } from './transport-refs.js';

/** Where the refs of a repository stand, and how much of its history it has itself. */
export interface RemoteRefs extends RefState {
  /** Commits whose parents the server itself doesn't have. */
  shallow: string[];
}

/** A repository elsewhere that has been asked where its refs stand. */
export interface Remote {
  /** Safe to show. */
  url: string;
  refs: RemoteRefs;
  /**
   * Brings everything behind the refs into `gitDir`'s object store, which holds whole packs only whatever happens on
   * the way; refs stay as they are. Returns the refs that can be published now.
   */
  bring(gitDir: string, local: RefState): Promise<RemoteRefs>;
}

export type Say = (event: { done?: number; total?: number; bytes?: number; text?: string }) => void;

/** Milliseconds between two words about bytes received. */
const TELL_EVERY = 100;

export async function httpRemote(address: RemoteAddress, options: ObtainOptions, say: Say): Promise<Remote> {
  const { signal } = options;
  const environment = options.environment ?? process.env;
  const idleTimeout = options.idleTimeout ?? TALK_TIMEOUT;
  let bytes = 0;
  let told = performance.now();
  const tell: Say = (event) => {
    told = performance.now();
    say({ bytes, ...event });
  };
  const session = new HttpSession({
    url: address.url,
    idleTimeout,
    signal,
    settings: webSettings(environment),
    received: (count) => {
      bytes += count;
      if (performance.now() - told > TELL_EVERY) tell({});
    },
  });
  const remote = await readRemote(session, address, { environment, signal, idleTimeout });
  tell({});
  return {
    url: address.url,
    refs: remote,
    bring: async (gitDir, local) => {
      await fetchPack(gitDir, local, { session, address, remote, signal, say: tell });
      return remote;
    },
  };
}
