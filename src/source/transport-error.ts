import { HealthError } from '../model/error.js';

/** The `code` of a system or library error, where it has one. */
export function errnoOf(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

export function interrupted(shown: string): HealthError {
  return new HealthError('interrupted', `${shown}: interrupted while fetching; nothing was changed`);
}

/** What went wrong with a file of ours, as a HealthError. */
export function fileError(error: unknown, path: string): unknown {
  if (error instanceof HealthError) return error;
  switch (errnoOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new HealthError('disk-full', `the disk that holds ${path} is full`, {
        hint: 'Make room, or put the clones elsewhere with --clones; then run it again. What was there is unharmed.',
        cause: error,
      });
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return new HealthError('not-writable', `${path} can't be written`, {
        hint: 'Choose another folder with --clones, or change its permissions.',
        cause: error,
      });
    case 'ENOTDIR':
    case 'EEXIST':
      return new HealthError('not-writable', `${path} can't be made: a file of that name is in the way`, {
        hint: 'Choose another folder with --clones.',
        cause: error,
      });
    case undefined:
      return error;
    default:
      return new HealthError('failed', `${path}: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
  }
}

const BROKEN = new Set(['ECONNRESET', 'EPIPE', 'ECONNABORTED', 'ERR_STREAM_PREMATURE_CLOSE', 'Z_BUF_ERROR']);

/**
 * What went wrong on the way to a server, as a HealthError. Anything not recognised is returned as it is. `proxy`: what
 * was talked to in its place.
 */
export function networkError(error: unknown, shown: string, proxy?: string): unknown {
  if (error instanceof HealthError) return error;
  const code = errnoOf(error);
  if (code === undefined) return error;
  const host = proxy === undefined ? new URL(shown).host : `the proxy ${proxy}`;
  const unreachable = (message: string, hint: string) =>
    new HealthError('unreachable', `${shown}: ${message}`, { hint, cause: error });
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return unreachable(`no address was found for ${host}`, 'Check the spelling of the URL and the network.');
  }
  if (code === 'ECONNREFUSED') {
    return unreachable(
      `${host} refused the connection`,
      proxy === undefined
        ? 'Check the port of the URL, and that the server runs.'
        : 'Check the variable or the git setting that names the proxy, and that it runs.',
    );
  }
  if (BROKEN.has(code)) return brokenOff(shown, error);
  if (code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' || code === 'ENETUNREACH' || code === 'EADDRNOTAVAIL') {
    return unreachable(`${host} can't be reached (${code})`, 'Check the network, and try again.');
  }
  if (/CERT|^ERR_TLS|^ERR_SSL|^UNABLE_TO|^DEPTH_ZERO|SELF_SIGNED|^EPROTO$/.test(code)) {
    return unreachable(
      `no trusted connection to ${new URL(shown).host} (${code}).`,
      "For a server with a certificate authority of its own, name that authority's file in NODE_EXTRA_CA_CERTS or GIT_SSL_CAINFO.",
    );
  }
  if (code.startsWith('HPE_') || code.startsWith('Z_')) {
    return new HealthError('no-repository', `${shown}: what answers there doesn't speak HTTP (${code})`, {
      hint: 'Check the scheme and the port of the URL.',
      cause: error,
    });
  }
  return error;
}

export function brokenOff(shown: string, cause?: unknown): HealthError {
  return new HealthError('unreachable', `${shown}: the connection broke off in the middle`, {
    hint: 'Nothing was changed; run it again.',
    cause,
  });
}

/** For a connection on which nothing has come for `idleTimeout` milliseconds. */
export function silent(shown: string, idleTimeout: number): HealthError {
  const seconds = Math.max(1, Math.round(idleTimeout / 1000));
  return new HealthError('unreachable', `${shown}: the server has been silent for ${seconds} s`, {
    hint: 'Nothing was changed; try again later.',
  });
}

/** For a proxy that did not let us through. */
export function proxyError(status: number, shown: string, proxy: string): HealthError {
  if (status === 407) {
    return new HealthError('unauthorized', `${shown}: the proxy ${proxy} wants credentials, or others (407)`, {
      hint: 'Put them into the variable that names it: https_proxy=http://USER:PASSWORD@HOST:PORT',
    });
  }
  return new HealthError('unreachable', `${shown}: the proxy ${proxy} did not let us through (${status})`, {
    hint: 'Ask those who run it, or name the host in no_proxy.',
  });
}

/** For an HTTP status other than 200; `moved`: the other server that redirects led to. */
export function statusError(
  status: number,
  shown: string,
  sentCredentials: boolean,
  moved: string | null = null,
): HealthError {
  const { hostname } = new URL(shown);
  if ((status === 401 || status === 203) && moved !== null) {
    return new HealthError(
      'unauthorized',
      `${shown}: it redirects to ${moved}, which asks for credentials (${status})`,
      {
        hint: 'Credentials never follow a redirect to another server: give the URL of the repository there.',
      },
    );
  }
  if (status === 401 || status === 403 || status === 203) {
    const missing =
      hostname === 'github.com' ? ' GitHub answers so for a repository that does not exist, too: check its name.' : '';
    return new HealthError(
      'unauthorized',
      sentCredentials
        ? `${shown}: the server refused the credentials (${status}).`
        : `${shown}: the server asks for credentials (${status}).`,
      {
        hint: `Put a token that may read it into HEALTH_GIT_TOKEN, or have git's credential helper know it.${missing}`,
      },
    );
  }
  if (status === 404 || status === 410) {
    return new HealthError('not-found', `${shown}: the server has no such repository (${status})`, {
      hint: 'Check the URL. Some servers answer so for private repositories, too: then set HEALTH_GIT_TOKEN.',
    });
  }
  if (status === 429 || status >= 500) {
    return new HealthError('unreachable', `${shown}: the server can't answer now (${status})`, {
      hint: 'Try again later.',
    });
  }
  return new HealthError('no-repository', `${shown}: the server's answer (${status}) is not a git repository's`, {
    hint: 'Give the URL that git clone takes.',
  });
}
