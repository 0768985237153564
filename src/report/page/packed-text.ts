/** The text of a data element: as it stands, or from gzip in base64 (report/packed.ts). */
export async function unpackText(text: string): Promise<string> {
  if (text.startsWith('{')) return text;
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return new Response(stream).text();
}
