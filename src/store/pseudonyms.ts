import { createHmac } from 'node:crypto';
import type Database from 'better-sqlite3';

const DIGITS = 12;

/** Stable names in place of names: the same for one store, and not to be guessed by hashing addresses. */
export class Pseudonyms {
  readonly #key: Buffer;
  readonly #known = new Map<string, string>();

  /** `salt`: the store's own, hexadecimal. */
  constructor(salt: string) {
    this.#key = Buffer.from(salt, 'hex');
  }

  name(name: string): string {
    return `person-${this.#digest('name', name)}`;
  }

  email(email: string): string {
    return `${this.#digest('email', email)}@anonymous.invalid`;
  }

  organization(organization: string): string {
    return `organization-${this.#digest('organization', organization)}`;
  }

  #digest(kind: string, text: string): string {
    const full = `${kind}:${text}`;
    let digest = this.#known.get(full);
    if (digest === undefined) {
      digest = createHmac('sha256', this.#key).update(full).digest('hex').slice(0, DIGITS);
      this.#known.set(full, digest);
    }
    return digest;
  }
}

/** SQL functions for views over tables that hold names themselves. */
export function registerPseudonyms(db: Database.Database, pseudonyms: Pseudonyms): void {
  db.function('health_pseudonym_name', { deterministic: true }, (text) => pseudonyms.name(String(text)));
  db.function('health_pseudonym_email', { deterministic: true }, (text) => pseudonyms.email(String(text)));
}
