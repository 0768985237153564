const PLAIN = /^[A-Za-z0-9._-]+$/;
const DEVICE = /^(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)/i;
const LONGEST = 100;

/** What keeps a project's name from being a file name on every system; null when nothing does. */
export function nameProblem(name: string): string | null {
  if (name === '') return 'must not be empty';
  if (name.length > LONGEST) return `must have at most ${LONGEST} characters`;
  if (!PLAIN.test(name)) return 'may hold only letters (a-z), digits, dot, dash and underscore, for it names files too';
  if (name.startsWith('.') || name.startsWith('-'))
    return 'must not begin with a dot or a dash, for it names files too';
  if (name.includes('..')) return "must not contain '..', for it names files too";
  if (name.endsWith('.')) return 'must not end with a dot, for it names files too';
  if (DEVICE.test(name)) return 'is reserved by Windows and can name no file there';
  return null;
}
