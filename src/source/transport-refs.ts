import { HealthError } from '../model/error.js';
import type { Credentials, RemoteAddress } from './transport-address.js';
import { CredentialSource, type CredentialOptions } from './transport-credentials.js';
import { errnoOf, statusError } from './transport-error.js';
import type { HttpSession } from './transport-http.js';

/** The branches and tags of a repository; what a fetch compares and publishes. */
export interface RefState {
  /** Full names (`refs/heads/*`, `refs/tags/*` only), sorted; `peeled` is the commit behind an annotated tag. */
  refs: Map<string, { oid: string; peeled: string | null }>;
  /** What HEAD holds: the full name of a branch, or an object id. Null: it names nothing that exists. */
  head: string | null;
}

export interface RemoteState extends RefState {
  capabilities: Set<string>;
  /** Commits whose parents the server itself doesn't have. */
  shallow: string[];
  /** The Authorization header the server accepted. */
  authorization: string | null;
}

const OID = /^[0-9a-f]{40}$/;

/** Asks the server where its refs stand. */
export async function readRemote(
  session: HttpSession,
  address: RemoteAddress,
  options: CredentialOptions,
): Promise<RemoteState> {
  const source = new CredentialSource(address, options);
  let sent: Credentials | null = null;
  // Loaded here because it takes a tenth of a second, and most commands never fetch.
  const { getRemoteInfo2 } = await import('isomorphic-git');
  let info;
  try {
    info = await getRemoteInfo2({
      http: { request: (request) => session.request(request) },
      url: address.url,
      // Version 1 gives capabilities, refs, peeled tags and HEAD in one answer.
      protocolVersion: 1,
      onAuth: async () => {
        // Elsewhere they would not be sent.
        sent = session.moved ? null : await source.find();
        return sent ?? undefined;
      },
      onAuthFailure: async () => {
        if (!session.moved) await source.reject();
      },
      onAuthSuccess: () => source.approve(),
    });
  } catch (error) {
    throw remoteError(error, address.url, sent !== null, session.moved);
  }
  const listed = info.refs ?? [];
  const format = info.capabilities['object-format'];
  if (info.protocolVersion !== 1 || (typeof format === 'string' && format !== 'sha1')) {
    throw new HealthError('unsupported-repository', `${address.url}: only SHA-1 repositories are read`);
  }
  const state = refState(listed, address.url);
  return {
    ...state,
    capabilities: new Set(Object.keys(info.capabilities)),
    // isomorphic-git reads a line `shallow OID` as a ref named OID.
    shallow: listed.filter((ref) => ref.oid === 'shallow' && OID.test(ref.ref)).map((ref) => ref.ref),
    authorization: sent && basic(sent),
  };
}

function basic({ username, password }: Credentials): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}

/** A ref as a server lists it. */
export interface ListedRef {
  ref: string;
  oid: string;
  target?: string | undefined;
  peeled?: string | undefined;
}

/** Branches, tags and HEAD of what a server lists. HealthError no-repository for names that git would not allow. */
export function refState(listed: readonly ListedRef[], url: string): RefState {
  const refs: RefState['refs'] = new Map();
  const kept = listed.filter((ref) => ref.ref.startsWith('refs/heads/') || ref.ref.startsWith('refs/tags/'));
  for (const { ref, oid, peeled } of kept.toSorted((a, b) => compare(a.ref, b.ref))) {
    if (!isRefName(ref) || !OID.test(oid) || (peeled !== undefined && !OID.test(peeled))) {
      throw new HealthError('no-repository', `${url}: the server lists a ref that git would not allow`);
    }
    refs.set(ref, { oid, peeled: peeled ?? null });
  }
  return { refs, head: headOf(listed, refs) };
}

/** Byte order, as packed-refs wants it. */
export function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function headOf(listed: readonly ListedRef[], refs: RefState['refs']): string | null {
  const head = listed.find((ref) => ref.ref === 'HEAD');
  if (!head || !OID.test(head.oid)) return null;
  if (head.target !== undefined) return refs.has(head.target) ? head.target : null;
  // An old server doesn't say which branch HEAD is: git clone, too, takes one that stands at the same commit.
  const same = [...refs].filter(([name, { oid }]) => name.startsWith('refs/heads/') && oid === head.oid);
  const names = same.map(([name]) => name);
  return ['refs/heads/main', 'refs/heads/master'].find((name) => names.includes(name)) ?? names[0] ?? head.oid;
}

/** git's own rules (git check-ref-format): nothing that could mean another file, another line or another ref. */
export function isRefName(name: string): boolean {
  if (name.length > 1024 || name.endsWith('/') || name.endsWith('.')) return false;
  // oxlint-disable-next-line no-control-regex -- control characters are what must not be there
  if (/[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\//.test(name)) return false;
  return name.split('/').every((part) => !part.startsWith('.') && !part.endsWith('.lock'));
}

function remoteError(error: unknown, url: string, sentCredentials: boolean, moved: string | null): unknown {
  if (error instanceof HealthError) return error;
  if (errnoOf(error) === 'HttpError' && error instanceof Error && 'data' in error) {
    const { data } = error;
    if (typeof data === 'object' && data !== null && 'statusCode' in data && typeof data.statusCode === 'number') {
      return statusError(data.statusCode, url, sentCredentials, moved);
    }
  }
  return new HealthError('no-repository', `${url}: what answers there is not a git server that can be fetched from`, {
    hint: 'Give the URL that git clone takes; a plain file server (without git http-backend or a forge) will not do.',
    cause: error,
  });
}
