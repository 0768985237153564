import { readFileSync } from 'node:fs';
import { HealthError } from '../model/error.js';

/** The report page's script, bundled by the build. */
export function pageScript(): string {
  // From src (tests) as from dist, the bundle is the built one.
  const url = new URL('../../dist/report/page.js', import.meta.url);
  try {
    return readFileSync(url, 'utf8');
  } catch (cause) {
    throw new HealthError('failed', 'the page script of the report is missing from this installation', {
      hint: 'run: npm run build',
      cause,
    });
  }
}
