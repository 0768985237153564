/** A git configuration file: `section.key` or `section.subsection.key` (section and key in lower case) to its values. */
export type GitConfig = ReadonlyMap<string, readonly string[]>;

const SECTION = /^\[\s*([A-Za-z0-9.-]+)\s*(?:"((?:[^"\\]|\\.)*)")?\s*\]\s*/;
const SETTING = /^([A-Za-z][A-Za-z0-9-]*)\s*(?:=\s*(.*))?$/;

function value(text: string): string {
  let out = '';
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const c = text[i];
    if (c === '"') quoted = !quoted;
    else if (c === '\\' && i + 1 < text.length) out += text[++i];
    else if (!quoted && (c === '#' || c === ';')) break;
    else out += c;
  }
  return out.trim();
}

/** Reads what this tool needs of one: includes are not followed, lines git would refuse are passed over. */
export function parseGitConfig(text: string): GitConfig {
  const settings = new Map<string, string[]>();
  let section = '';
  for (const line of text.replace(/\\\r?\n/g, '').split('\n')) {
    let rest = line.trim();
    const header = SECTION.exec(rest);
    if (header) {
      const subsection = header[2]?.replace(/\\(.)/g, '$1');
      section = header[1].toLowerCase() + (subsection === undefined ? '' : `.${subsection}`);
      rest = rest.slice(header[0].length);
    }
    const setting = SETTING.exec(rest);
    if (!setting) continue;
    const key = `${section}.${setting[1].toLowerCase()}`;
    const values = settings.get(key) ?? [];
    values.push(setting[2] === undefined ? 'true' : value(setting[2]));
    settings.set(key, values);
  }
  return settings;
}

/** The value that holds: the last one. */
export function setting(config: GitConfig, key: string): string | undefined {
  return config.get(key)?.at(-1);
}

export function isTrue(text: string | undefined): boolean {
  return text !== undefined && ['true', 'yes', 'on', '1'].includes(text.toLowerCase());
}
