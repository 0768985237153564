import type { Measurement } from '../model/measurement.js';
import type { Chart, Result } from '../model/result.js';
import { visible, visibleLine } from '../model/text.js';
import { compileChart } from './compiled.js';
import { drawnRows, gather, ofProject } from './gathered.js';
import { escapeHtml } from './html.js';
import { namer, safeName } from './identity.js';
import { draw } from './picture.js';
import { REPLICA_SHORT } from './replica-text.js';
import { fileTheme } from './theme.js';

/** Pixels a picture in a file of its own is wide. */
const FILE_WIDTH = 760;

function titled(spec: Record<string, unknown>, title: string, replica: boolean): Record<string, unknown> {
  return { ...spec, title: { text: title, ...(replica ? { subtitle: REPLICA_SHORT } : {}), offset: 14 } };
}

/** Every chart as a picture of its own, in light colours: `<theme>-<id>-<project>.svg` and `<theme>-<id>-compare.svg`. */
export async function renderSvg(result: Result): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  const name = namer();
  const names = result.projects.map((project) => visibleLine(project.name));

  const add = async (chart: Chart, measurements: readonly Measurement[], index: number | null): Promise<void> => {
    const rows = drawnRows(measurements);
    if (rows.length === 0) return;
    const who = index === null ? null : (names[index] ?? '');
    const title = who === null ? chart.title : `${chart.title}: ${who}`;
    const spec = titled(index === null ? chart.compare : chart.spec, visibleLine(title), result.study.replica);
    const several = index === null;
    const compiled = await compileChart(spec, fileTheme(index), names, { several, width: FILE_WIDTH });
    const svg = await draw(compiled, rows, '');
    const words = [`<title>${escapeHtml(title)}</title>`, `<desc>${escapeHtml(visible(chart.description))}</desc>`];
    const ground = '<rect width="100%" height="100%" fill="#ffffff"/>';
    const text = svg.replace(
      /^<svg[^>]*>/,
      (tag) => `${tag.replace('<svg', '<svg role="img"')}${words.join('')}${ground}`,
    );
    const file = safeName(`${chart.query.replaceAll('/', '-')}-${several ? 'compare' : safeName(who ?? '')}`);
    files.set(`${name(file)}.svg`, `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n`);
  };

  for (const { chart, measurements, ...rest } of gather(result)) {
    if (chart === null) continue;
    for (const [index, project] of result.projects.entries()) {
      await add(chart, ofProject({ chart, measurements, ...rest }, project.name), index);
    }
    if (result.projects.length > 1) await add(chart, measurements, null);
  }
  return files;
}
