import type { Loader } from 'vega';

function refuse(): Promise<never> {
  return Promise.reject(new Error('a report loads nothing'));
}

/** For vega, which would otherwise fetch whatever address a chart names: data, pictures, links. */
export const NO_LOADER: Loader = {
  load: refuse,
  // vega does not expect this one to fail.
  sanitize: () => Promise.resolve({ href: '' }),
  http: refuse,
  file: refuse,
};
