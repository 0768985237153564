/** The part of a history that attribution looks at: children before parents, parents as positions. */
export interface Lineage {
  revs: readonly string[];
  parents: readonly (readonly number[])[];
}

interface OpenBranch {
  name: string;
  /** Position of the branch's last commit seen. */
  tail: number;
}

/** What attribution has come to at the end of a lineage. */
export interface Attribution {
  /** For each rev. */
  branches: string[];
  open: readonly OpenBranch[];
  current: OpenBranch | undefined;
}

/**
 * The branch CVSAnalY gives each commit, going from the newest to the oldest with a list of open branches and a current
 * one. A guess by construction: git doesn't record where a commit was made.
 *
 * 1. A decorated commit names a branch, unless the current branch's tail has it as a parent (that one was merged).
 * 2. With two or more open branches, each branch of the list (the first one only where a new branch starts) whose tail
 *    has the commit as a parent ends the list's first branch and becomes the current one; the walk goes on over the
 *    changed list.
 * 3. A new branch becomes current and goes to the front of the list, `master` to its end. Otherwise the current
 *    branch's tail becomes this commit.
 *
 * `named` gives the branch a commit's decoration names. Commits before the first named one (a tag that no branch
 * holds) get `fallback`.
 */
export function attributeBranches(
  lineage: Lineage,
  named: (rev: string) => string | null | undefined,
  fallback: string,
): Attribution {
  const open: OpenBranch[] = [];
  const branches: string[] = [];
  let current: OpenBranch | undefined;
  const { revs, parents } = lineage;
  for (let position = 0; position < revs.length; position += 1) {
    let name = named(revs[position]!) ?? null;
    if (name !== null && current && parents[current.tail]!.includes(position)) name = null;

    if (open.length >= 2) {
      // The list shrinks under the walk, and the walk does not step back: CVSAnalY's own behaviour.
      for (let i = name === null ? 1 : 0; i < open.length; i += 1) {
        const branch = open[i]!;
        if (!parents[branch.tail]!.includes(position)) continue;
        open.shift();
        current = branch;
      }
    }

    if (name !== null) {
      current = { name, tail: position };
      if (name === 'master') open.push(current);
      else open.unshift(current);
    } else if (current) {
      current.tail = position;
    }
    branches.push(current?.name ?? fallback);
  }
  return { branches, open, current };
}
