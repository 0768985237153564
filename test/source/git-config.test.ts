import { expect, test } from 'vitest';
import { isTrue, parseGitConfig, setting } from '../../src/source/git-config.js';

test('sections, subsections, quotes, comments and lines that go on', () => {
  const config = parseGitConfig(`
# a comment
[core] bare = true
\tRepositoryFormatVersion = 1 ; another
\tflag
[remote "Or\\"igin]"]
  url = "a # b" c \\
    d
  promisor = false
  promisor = yes
[a.b] key=1
not a line
`);
  expect(setting(config, 'core.bare')).toBe('true');
  expect(setting(config, 'core.repositoryformatversion')).toBe('1');
  expect(isTrue(setting(config, 'core.flag'))).toBe(true);
  expect(setting(config, 'remote.Or"igin].url')).toBe('a # b c     d');
  expect(config.get('remote.Or"igin].promisor')).toEqual(['false', 'yes']);
  expect(setting(config, 'a.b.key')).toBe('1');
  expect(isTrue(setting(config, 'core.missing'))).toBe(false);
});
