import { styleText } from 'node:util';
import { visibleLine } from '../model/text.js';

export type Style = Parameters<typeof styleText>[0];

export interface PrinterOptions {
  json: boolean;
  quiet: boolean;
  verbose: boolean;
  color: boolean;
}

interface Terminal {
  isTTY?: boolean;
}

/** Colours where a person looks, unless told otherwise: https://no-color.org, and FORCE_COLOR as Node reads it. */
export function wantsColor(stream: Terminal, color: boolean, env: NodeJS.ProcessEnv = process.env): boolean {
  if (!color || (env['NO_COLOR'] ?? '') !== '') return false;
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}

/** The only way to the terminal: results go to stdout, all else to stderr. */
export class Printer {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly #color: { out: boolean; err: boolean };

  constructor({ json, quiet, verbose, color }: PrinterOptions) {
    this.json = json;
    this.quiet = quiet;
    this.verbose = verbose;
    this.#color = { out: wantsColor(process.stdout, color), err: wantsColor(process.stderr, color) };
  }

  /** A result, as it is; the caller has made it harmless. */
  result(text: string): void {
    process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
  }

  /** A result for machines. Characters that would steer a terminal are written as JSON escapes. */
  data(value: unknown): void {
    this.result(jsonText(value));
  }

  /** A message of the tool's own making, made harmless here; silent with --quiet. */
  note(text: string): void {
    if (!this.quiet) this.#message(visibleLine(text));
  }

  /** A message that must be read even with --quiet. */
  warn(text: string): void {
    this.#message(`${this.errStyle('yellow', 'health:')} ${visibleLine(text)}`);
  }

  /** What went wrong, one line, with the hint's lines below it. */
  error(message: string, hint: string | null | undefined): void {
    this.#message(`${this.errStyle('red', 'health:')} ${visibleLine(message)}`);
    for (const line of (hint ?? '').split('\n')) {
      if (line.trim() !== '') this.#message(`  ${visibleLine(line)}`);
    }
  }

  /** Lines that are harmless already, such as a stack trace made visible. */
  detail(text: string): void {
    this.#message(text);
  }

  style(style: Style, text: string): string {
    return this.#color.out ? styleText(style, text, { validateStream: false }) : text;
  }

  errStyle(style: Style, text: string): string {
    return this.#color.err ? styleText(style, text, { validateStream: false }) : text;
  }

  #message(text: string): void {
    process.stderr.write(`${text}\n`);
  }
}

// What JSON.stringify leaves raw and a terminal would obey or hide: C1 controls, bidi marks, zero-width characters.
const RAW = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

export function jsonText(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(RAW, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
