import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/**
 * Build script: puts the page's code and vega into one file that a report carries. Nothing in it asks for anything from
 * elsewhere. Run after tsc: `node dist/report/bundle.js`.
 */
const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const result = await build({
  entryPoints: [place('../../src/report/page/main.ts')],
  outfile: place('../../dist/report/page.js'),
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  charset: 'ascii',
  legalComments: 'none',
  metafile: true,
});

for (const [file, { bytes }] of Object.entries(result.metafile.outputs)) {
  console.log(`${file}: ${Math.round(bytes / 1024)} KB`);
}
