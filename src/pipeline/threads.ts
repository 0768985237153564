import { ExtractionThreads } from '../source/extraction-threads.js';

let warmed: ExtractionThreads | null = null;

/** Starts a reading thread while the rest of a program is still being loaded. */
export function warmThreads(): void {
  if (warmed !== null) return;
  warmed = new ExtractionThreads();
  warmed.warm();
}

/** Reading threads for one piece of work, warm where `warmThreads` was called; whoever takes them ends them. */
export function readingThreads(): ExtractionThreads {
  const threads = warmed ?? new ExtractionThreads();
  warmed = null;
  return threads;
}
