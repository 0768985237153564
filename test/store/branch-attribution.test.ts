import { expect, it } from 'vitest';
import { attributeBranches } from '../../src/store/branch-attribution.js';

/** `graph`: newest first, `commit: parents`; `names`: what decorations say. Gives `commit=branch`. */
function attributed(graph: string[], names: Record<string, string>, fallback = 'none'): string[] {
  const nodes = graph.map((line) => line.split(/[: ]+/).filter((word) => word !== ''));
  const revs = nodes.map(([rev]) => rev!);
  const parents = nodes.map(([, ...list]) => list.map((parent) => revs.indexOf(parent)));
  const { branches } = attributeBranches({ revs, parents }, (rev) => names[rev], fallback);
  return branches.map((branch, i) => `${revs[i]}=${branch}`);
}

it('gives a line of history the branch at its tip', () => {
  expect(attributed(['c: b', 'b: a', 'a:'], { c: 'main' })).toEqual(['c=main', 'b=main', 'a=main']);
});

it('ignores the name of a commit that the current branch goes on from', () => {
  expect(attributed(['c: b', 'b: a', 'a:'], { c: 'main', b: 'old' })).toEqual(['c=main', 'b=main', 'a=main']);
});

it('goes back to an open branch where a side branch started, and closes the first of the list', () => {
  // main c-a, side b-a: the side's tail b has a as its parent, and so has main's c.
  expect(attributed(['c: a', 'b: a', 'a: r', 'r:'], { c: 'main', b: 'side' })).toEqual([
    'c=main',
    'b=side',
    'a=main',
    'r=main',
  ]);
});

it('puts a new branch at the front of the list, but master at its end', () => {
  const graph = ['s: a', 'm: a', 'a:'];
  expect(attributed(graph, { s: 'side', m: 'master' })).toEqual(['s=side', 'm=master', 'a=master']);
  expect(attributed(graph, { s: 'side', m: 'main' })).toEqual(['s=side', 'm=main', 'a=side']);
});

it('closes the first branch, which is not always the current one', () => {
  // Two sides on one commit of main: the walk shrinks the list under itself and passes one over.
  expect(attributed(['m: a', 's: a', 't: a', 'a:'], { m: 'main', s: 'one', t: 'two' })).toEqual([
    'm=main',
    's=one',
    't=two',
    'a=one',
  ]);
});

it('looks at the first of the list too where a new branch starts', () => {
  expect(attributed(['m: a', 's: b', 'b: a', 'a:'], { m: 'main', s: 'side', a: 'base' })).toEqual([
    'm=main',
    's=side',
    'b=side',
    'a=main',
  ]);
});

it('closes the first of the list too where a new branch starts on it', () => {
  // The list is side, master; x starts a branch under side's tail, so y can't go back to side any more.
  const names = { s: 'side', m: 'master', x: 'new' };
  expect(attributed(['s: x y', 'm: z', 'x: z', 'y: z', 'z:'], names).slice(2, 4)).toEqual(['x=new', 'y=new']);
});

it('takes the first parent and the others alike in a merge', () => {
  expect(attributed(['m: a b', 'b: a', 'a:'], { m: 'main', b: 'topic' })).toEqual(['m=main', 'b=main', 'a=main']);
});

it('gives commits before the first name the fallback', () => {
  expect(attributed(['t: a', 'c: a', 'a:'], { c: 'main' })).toEqual(['t=none', 'c=main', 'a=main']);
});
