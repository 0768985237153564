const KEY = 'stack-health-theme';

function remembered(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function remember(theme: string): void {
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A page from disk may not be allowed to; it then follows the system next time.
  }
}

/** Switches between light and dark; until it is used the page follows the system. */
export function themeButton(): void {
  const button = document.getElementById('theme');
  if (!button) return;
  const root = document.documentElement;
  const system = matchMedia('(prefers-color-scheme: dark)');
  const isDark = () => (root.dataset['theme'] ?? (system.matches ? 'dark' : 'light')) === 'dark';
  const show = () => button.setAttribute('aria-pressed', String(isDark()));
  const saved = remembered();
  if (saved === 'dark' || saved === 'light') root.dataset['theme'] = saved;
  button.addEventListener('click', () => {
    root.dataset['theme'] = isDark() ? 'light' : 'dark';
    remember(root.dataset['theme']);
    show();
  });
  system.addEventListener('change', show);
  button.hidden = false;
  show();
}
