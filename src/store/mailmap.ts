interface Target {
  name: string | null;
  email: string | null;
}

interface Entry extends Target {
  /** By lower-case name. */
  names: Map<string, Target>;
}

interface Person {
  name: string;
  email: string;
}

/**
 * Git's mailmap: all four forms of a line, comments, names and addresses compared without regard to ASCII case. Gives
 * what `git check-mailmap` gives (see git's mailmap.c); a later line overrules an earlier one.
 */
export class MailmapTable {
  readonly #entries = new Map<string, Entry>();

  constructor(text: string) {
    // Git takes the text as a C string.
    const end = text.indexOf('\0');
    for (const line of (end < 0 ? text : text.slice(0, end)).split('\n')) this.#read(line);
  }

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  /** The proper name and address of a person; what the mailmap doesn't say stays. */
  map({ name, email }: Person): Person {
    const entry = this.#entries.get(folded(email));
    if (!entry) return { name, email };
    const target = entry.names.get(folded(name)) ?? entry;
    return { name: target.name ?? name, email: target.email ?? email };
  }

  #read(line: string): void {
    if (line.startsWith('#')) return;
    const first = nameAndEmail(line, false);
    if (!first) return;
    const second = first.rest === '' ? null : nameAndEmail(first.rest, true);
    if (second) this.#add(first.name, first.email, second.name, second.email);
    else this.#add(first.name, null, null, first.email);
  }

  #add(name: string | null, email: string | null, oldName: string | null, oldEmail: string): void {
    const key = folded(oldEmail);
    let entry = this.#entries.get(key);
    if (!entry) {
      entry = { name: null, email: null, names: new Map() };
      this.#entries.set(key, entry);
    }
    if (oldName !== null) entry.names.set(folded(oldName), { name, email });
    else {
      entry.name = name ?? entry.name;
      entry.email = email ?? entry.email;
    }
  }
}

/** `Name <address>` at the beginning of a text, and what follows; null where there is none. */
function nameAndEmail(text: string, emptyEmail: boolean): { name: string | null; email: string; rest: string } | null {
  const left = text.indexOf('<');
  const right = left < 0 ? -1 : text.indexOf('>', left + 1);
  if (right < 0 || (!emptyEmail && right === left + 1)) return null;
  const name = trimmed(text.slice(0, left));
  return { name: name === '' ? null : name, email: text.slice(left + 1, right), rest: text.slice(right + 1) };
}

/** Without git's white space: blank, tab, line feed, carriage return. */
function trimmed(text: string): string {
  return text.replace(/^[ \t\r\n]+|[ \t\r\n]+$/g, '');
}

/** Lower case of ASCII letters alone, as strcasecmp compares. */
function folded(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
