import type { Payload } from '../payload.js';
import { liveCharts } from './chart.js';
import { comparison } from './choice.js';
import { evidenceButtons } from './evidence.js';
import { deepLinks } from './links.js';
import { markCurrentSection } from './navigation.js';
import { openForPrint } from './printing.js';
import { reachableScrollers } from './scroller.js';
import { searchBox } from './search.js';
import { themeButton } from './theme.js';

/** Each part on its own: where one fails, the page as it was written stays. */
function attempt(part: () => void): void {
  try {
    part();
  } catch {
    // The static page holds the same content.
  }
}

const data = document.getElementById('data')?.textContent;
document.documentElement.classList.add('scripted');
attempt(themeButton);
attempt(markCurrentSection);
attempt(reachableScrollers);
attempt(openForPrint);
attempt(searchBox);
attempt(comparison);
if (data) {
  const payload = JSON.parse(data) as Payload;
  attempt(() => evidenceButtons(payload));
  attempt(() => liveCharts(payload));
}
// Last: what it unfolds is to be live.
attempt(deepLinks);
