import { describe, expect, test } from 'vitest';
import { compareVersions, readVersion } from '../../src/metrics/deployed-version.js';

describe('a version as it was written down', () => {
  test.each([
    ['1.4.5', '1.4.5'],
    ['v1.2.3', '1.2.3'],
    ['corosync-1.4.5', '1.4.5'],
    ['drbd-8.4.3', '8.4.3'],
    ['Pacemaker-1.1.10', '1.1.10'],
    ['release-2.1', '2.1'],
    ['release/2.1.4', '2.1.4'],
    ['REL_9_3_1', '9.3.1'],
    ['version-1-4-5', '1.4.5'],
    ['drbd9-9.1.2', '9.1.2'],
    ['2.0.0', '2'],
    ['1.1.10-14.el6_5.3', '1.1.10'],
    ['pacemaker-1.1.10-14.el6.x86_64', '1.1.10'],
    ['1:1.1.10-2ubuntu1', '1.1.10'],
    ['pacemaker-1:1.1.10-2', '1.1.10'],
    ['8.4.3-2.2', '8.4.3'],
    ['1.4.5.el6', '1.4.5'],
    ['1.4.5.fc20', '1.4.5'],
    ['1.1.10+git20130802-1ubuntu2', '1.1.10'],
    ['2.3.4~bpo8+1', '2.3.4'],
    ['Pacemaker-1.1.10-rc3', '1.1.10 rc3'],
    ['1.1.10~rc3-1', '1.1.10 rc3'],
    ['drbd-8.4.0rc1', '8.4 rc1'],
    ['8.4.11-0rc1', '8.4.11 rc1'],
    ['v2.0.0-beta.2', '2 beta2'],
    [' 3.0.12.1 ', '3.0.12.1'],
  ])('%s', (text, expected) => {
    const read = readVersion(text);
    expect(read && [read.numbers.join('.'), ...(read.pre === null ? [] : [read.pre])].join(' ')).toBe(expected);
  });

  test.each(['', 'latest', 'trunk', '8.4.2amz2', '1.x', '<b>1</b>'])('%s is none', (text) => {
    expect(readVersion(text)).toBeNull();
  });
});

test('versions are in the order in which they come out', () => {
  const order = ['0.9', '1.0.0-alpha', '1.0.0-rc2', '1.0.0-rc10', '1.0', '1.0.1', '1.2', '1.10', '2'];
  const read = order.map((text) => readVersion(text)!);
  for (const [i, a] of read.entries()) {
    for (const [j, b] of read.entries()) expect(Math.sign(compareVersions(a, b))).toBe(Math.sign(i - j));
  }
  expect(compareVersions(readVersion('v1.0')!, readVersion('1.0.0')!)).toBe(0);
});
