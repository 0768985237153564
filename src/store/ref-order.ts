/** Sorts refs by name as git does: by bytes. */
export function byName(a: { name: string }, b: { name: string }): number {
  return byteOrder(a.name, b.name);
}

export function byteOrder(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
