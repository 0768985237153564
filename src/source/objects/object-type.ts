/** Numbers as in packs. */
export const ObjectType = { commit: 1, tree: 2, blob: 3, tag: 4 } as const;

export const TYPE_NAMES = ['delta', 'commit', 'tree', 'blob', 'tag'];
