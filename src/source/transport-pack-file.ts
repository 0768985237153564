import { open, type FileHandle } from 'node:fs/promises';

/** Bytes that are written at once. */
const BATCH = 1 << 16;

/** The file that a pack is written to while it comes. Writing goes on beside other work. */
export class PackFile {
  /** Bytes so far. */
  size = 0;
  readonly #file: FileHandle;
  #pieces: Buffer[] = [];
  #held = 0;
  #writing: Promise<void> = Promise.resolve();

  private constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Makes the file; one that is there already is an error. */
  static async create(path: string): Promise<PackFile> {
    return new PackFile(await open(path, 'wx', 0o444));
  }

  /** Takes the next bytes; they must not be changed later. Waits only while a batch before them is still being written. */
  async add(bytes: Buffer): Promise<void> {
    this.size += bytes.length;
    this.#pieces.push(bytes);
    this.#held += bytes.length;
    if (this.#held >= BATCH) await this.#write();
  }

  /** Waits until all bytes are written. */
  async flush(): Promise<void> {
    await this.#write();
    await this.#writing;
  }

  /** Waits until all that was flushed is on the disk. */
  sync(): Promise<void> {
    return this.#file.sync();
  }

  async close(): Promise<void> {
    await this.#writing.catch(() => undefined);
    await this.#file.close();
  }

  async #write(): Promise<void> {
    await this.#writing;
    const bytes = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#held = 0;
    this.#writing = this.#writeAll(bytes);
    // What went wrong is told by whoever waits next.
    this.#writing.catch(() => undefined);
  }

  async #writeAll(bytes: Buffer): Promise<void> {
    for (let at = 0; at < bytes.length;) at += (await this.#file.write(bytes, at)).bytesWritten;
  }
}
