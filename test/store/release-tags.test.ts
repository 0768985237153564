import { expect, it } from 'vitest';
import { releaseTags } from '../../src/store/release-tags.js';

const read = (tags: string[]) =>
  releaseTags(tags).map(({ tag, version, scheme, pre }) => `${tag}: ${version} ${scheme}${pre ? ' pre' : ''}`);

it('reads versions from tags, pre-releases apart', () => {
  expect(
    read(['v1.2.3', '1.10.0-rc.1', 'v2.0.0+build.5', 'v0.99', 'v3', 'v1.8.0pre', 'v1.2.3.4', 'v1.0.0-alpha']),
  ).toEqual([
    'v1.2.3: 1.2.3 semver',
    '1.10.0-rc.1: 1.10.0-rc.1 semver pre',
    'v2.0.0+build.5: 2.0.0 semver',
    'v0.99: 0.99 dotted',
    'v3: 3 dotted',
    'v1.8.0pre: 1.8.0-pre semver pre',
    'v1.2.3.4: 1.2.3.4 dotted',
    'v1.0.0-alpha: 1.0.0-alpha semver pre',
  ]);
});

it('knows other ways to write them', () => {
  expect(read(['drbd-8.4.3', 'drbd-8.4.0rc4', 'drbd-8.4.8-0rc1', 'drbd-8.4.2amz2', 'drbd-8.4.9-1'])).toEqual([
    'drbd-8.4.3: 8.4.3 semver',
    'drbd-8.4.0rc4: 8.4.0-rc4 semver pre',
    'drbd-8.4.8-0rc1: 8.4.8-0rc1 semver pre',
    'drbd-8.4.9-1: 8.4.9 semver',
  ]);
  expect(
    read(['REL1_2_3', 'REL9_6_BETA1', 'release/2.0', 'release-1.5', '2014.07.01', '20140701', 'v20140701']),
  ).toEqual([
    'REL1_2_3: 1.2.3 semver',
    'REL9_6_BETA1: 9.6-BETA1 dotted pre',
    'release/2.0: 2.0 dotted',
    'release-1.5: 1.5 dotted',
    '2014.07.01: 2014.7.1 calver',
    'v20140701: 20140701 calver',
  ]);
});

it('leaves out tags that name something else', () => {
  const own = Array.from({ length: 30 }, (_, i) => `Pacemaker-1.1.${i}`);
  expect(
    read([...own, 'RHEL6.0', 'SLE11-HAE-GMC', 'archive/topic-2', 'pacemaker-1.1.10-1.el6', '12', 'build']),
  ).toHaveLength(30);
});
