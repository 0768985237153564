import { createHash } from 'node:crypto';
import type { ClusterSpec, ClusterTarget, RenderedFile } from '../../model/cluster.js';

/** What a rendered folder says of itself: the cluster, the target, and a fingerprint of every file. */
interface RenderManifest {
  cluster: string;
  target: ClusterTarget;
  /** sha256 by path below the folder, hexadecimal. */
  files: Record<string, string>;
}

/** Where a file lies below the rendered folder. */
export function placeOf({ node, path }: Pick<RenderedFile, 'node' | 'path'>): string {
  return node === null ? path : `${node}/${path}`;
}

export function renderManifest(spec: ClusterSpec, target: ClusterTarget, files: readonly RenderedFile[]): string {
  const manifest: RenderManifest = {
    cluster: spec.name,
    target,
    files: Object.fromEntries(
      files.map((file) => [placeOf(file), createHash('sha256').update(file.text).digest('hex')]),
    ),
  };
  return `${JSON.stringify(manifest, null, 2)}\n`;
}

/** The target a manifest names; null where the text is no manifest. */
export function manifestTarget(text: string): ClusterTarget | null {
  const found = /^ {2}"target": "(rhel6|el9|debian12)",?$/m.exec(text)?.[1];
  return found === 'rhel6' || found === 'el9' || found === 'debian12' ? found : null;
}

/** The places a manifest lists; none where the text is no manifest. Never anything outside of the folder. */
export function renderedFiles(text: string): string[] {
  try {
    const { files } = JSON.parse(text) as Partial<RenderManifest>;
    return Object.keys(files ?? {}).filter((place) => !place.startsWith('/') && !place.split('/').includes('..'));
  } catch {
    return [];
  }
}
