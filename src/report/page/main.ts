import type { Payload } from '../payload.js';
import { liveCharts } from './chart.js';
import { comparison } from './choice.js';
import { evidenceButtons } from './evidence.js';
import { deepLinks } from './links.js';
import { markCurrentSection } from './navigation.js';
import { openForPrint } from './printing.js';
import { reachableScrollers } from './scroller.js';
import { searchBox } from './search.js';
import { unpackText } from './packed-text.js';
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

/** Last of all links into the page: what they unfold is to be live. */
async function enliven(): Promise<void> {
  if (data) {
    const payload = JSON.parse(await unpackText(data)) as Payload;
    attempt(() => evidenceButtons(payload));
    attempt(() => liveCharts(payload));
  }
}

// Where a browser can't unpack, the static page holds the same content.
void enliven()
  .catch(() => undefined)
  .then(() => {
    attempt(deepLinks);
    document.documentElement.classList.add('enlivened');
  });
