/** A button that tells by a data attribute what it does. */
export function button(text: string, key: string, value: string): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.dataset[key] = value;
  return made;
}
