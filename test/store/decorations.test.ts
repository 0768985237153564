import { expect, it } from 'vitest';
import { decorations } from '../../src/store/decorations.js';
import { madeHistory, rev } from './made-history.js';

function decoration(refs: Record<string, string>, id: string, head = 'refs/heads/main') {
  const { branch, tags } = decorations(madeHistory([{ id }], refs, head).outline.refs, head).get(rev(id))!;
  return { branch, tags };
}

it('names the last remote branch by name, as git prints refs in reverse order', () => {
  const refs = { 'refs/heads/main': 'a', 'refs/remotes/origin/main': 'a', 'refs/remotes/origin/zeta': 'a' };
  expect(decoration(refs, 'a').branch).toBe('zeta');
});

it('prefers remote branches to local ones, and HEAD among the local ones', () => {
  expect(decoration({ 'refs/heads/zeta': 'a', 'refs/remotes/origin/beta': 'a' }, 'a').branch).toBe('beta');
  const local = { 'refs/heads/main': 'a', 'refs/heads/zeta': 'a', 'refs/remotes/origin/x': 'b' };
  expect(decoration(local, 'a').branch).toBe('main');
});

it('takes the branches of a bare repository for those of origin', () => {
  expect(decoration({ 'refs/heads/main': 'a', 'refs/heads/zeta': 'a' }, 'a').branch).toBe('zeta');
});

it('takes origin/HEAD for no branch, and names in byte order', () => {
  expect(decoration({ 'refs/remotes/origin/HEAD': 'a', 'refs/remotes/origin/A': 'a' }, 'a').branch).toBe('A');
  expect(decoration({ 'refs/remotes/origin/Z': 'a', 'refs/remotes/origin/a': 'a' }, 'a').branch).toBe('a');
});

it('gives tags in reverse order, and no branch to a commit that has only tags', () => {
  expect(decoration({ 'refs/tags/v1': 'a', 'refs/tags/v2': 'a', 'refs/heads/main': 'b' }, 'a')).toEqual({
    branch: null,
    tags: ['v2', 'v1'],
  });
});
