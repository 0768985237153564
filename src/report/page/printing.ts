/**
 * Paper can't be opened: every count that was tried, the methods, and the charts where the page holds a picture of each
 * are printed, and folded again afterwards.
 */
export function openForPrint(): void {
  let opened: HTMLDetailsElement[] = [];
  addEventListener('beforeprint', () => {
    const drawn =
      document.querySelector('.project .canvas > svg, .project .canvas.live') !== null &&
      document.querySelector('.canvas > .noscript') === null;
    const folds = `details.trials, details.fold${drawn ? '' : ':not(.theme)'}`;
    opened = [...document.querySelectorAll<HTMLDetailsElement>(folds)].filter((details) => !details.open);
    for (const details of opened) details.open = true;
  });
  addEventListener('afterprint', () => {
    for (const details of opened) details.open = false;
  });
}
