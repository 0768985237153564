import type { WriteStream } from 'node:tty';
import type { Progress, ProgressEvent } from '../model/progress.js';
import { visibleLine } from '../model/text.js';
import type { Printer } from './printer.js';
import { ProgressLine } from './progress-line.js';
import { cutLine } from './table.js';

const REDRAW_MS = 100;

function seconds(): number {
  return performance.now() / 1000;
}

/** A block of lines on a terminal, one for each project, drawn over and over. */
class LiveLines {
  readonly #stream: WriteStream;
  readonly #lines = new Map<string, ProgressLine>();
  readonly #timer: NodeJS.Timeout;
  #drawn = 0;
  #lastDraw = 0;

  constructor(stream: WriteStream, projects: readonly string[]) {
    this.#stream = stream;
    for (const project of projects) this.#lines.set(project, new ProgressLine(project));
    this.#timer = setInterval(() => this.#draw(), REDRAW_MS).unref();
    this.#draw();
  }

  update(event: ProgressEvent): void {
    const line = this.#lines.get(event.project) ?? new ProgressLine(event.project);
    this.#lines.set(event.project, line);
    line.update(event, seconds());
    // The timer doesn't come round while a long piece of work holds the thread; its events do.
    if (performance.now() - this.#lastDraw >= REDRAW_MS) this.#draw();
  }

  /** Takes the block away again. */
  close(): void {
    clearInterval(this.#timer);
    if (this.#drawn > 0) this.#stream.write(`\u001b[${this.#drawn}A\u001b[J`);
    this.#drawn = 0;
  }

  #draw(): void {
    this.#lastDraw = performance.now();
    const columns = Math.max(1, (this.#stream.columns || 80) - 1);
    // A block taller than the screen could not be drawn over.
    const most = Math.max(1, (this.#stream.rows || 24) - 2);
    const all = [...this.#lines.values()];
    const width = Math.min(30, Math.max(...all.map((line) => line.project.length)));
    const texts = all.slice(0, most).map((line) => line.text(width, seconds()));
    if (all.length > most) texts[most - 1] = `and ${all.length - most + 1} more`;
    const up = this.#drawn > 0 ? `\u001b[${this.#drawn}A` : '';
    this.#stream.write(up + texts.map((text) => `\u001b[2K${cutLine(visibleLine(text), columns)}\n`).join(''));
    this.#drawn = texts.length;
  }
}

/** One line for each new stage of each project, for logs. */
function stageLog(printer: Printer): Progress {
  const stages = new Map<string, string>();
  return ({ project, stage, text }) => {
    if (stages.get(project) === stage) return;
    stages.set(project, stage);
    printer.note(`${project}: ${stage}${text === undefined ? '' : ` (${text})`}`);
  };
}

/**
 * Runs work with its progress shown on stderr: live where that is a terminal, as a log with --verbose. `progress` is
 * null where nobody looks.
 */
export async function withProgress<T>(
  projects: readonly string[],
  printer: Printer,
  work: (progress: Progress | null) => Promise<T>,
): Promise<T> {
  if (printer.quiet) return work(null);
  if (!process.stderr.isTTY || process.env['TERM'] === 'dumb') return work(printer.verbose ? stageLog(printer) : null);
  const lines = new LiveLines(process.stderr, projects);
  try {
    return await work((event) => lines.update(event));
  } finally {
    lines.close();
  }
}
