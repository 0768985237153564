import { faultyLines, ofKind, type LintRule } from '../rule.js';

export const drbdUnknownDigest: LintRule = {
  id: 'drbd/unknown-digest',
  severity: 'error',
  title: 'A digest that no kernel has',
  why: 'The connection fails only when it is made: drbdadm lets any name pass.',
  remedy: 'sha1, sha256 or another of /proc/crypto',
  source: 'drbd.conf(5), cram-hmac-alg, verify-alg',
  check: (context) =>
    faultyLines(
      ofKind(context, 'drbd', 'drbd-global'),
      /\b(?:cram-hmac-alg|verify-alg|csums-alg|data-integrity-alg)\s+"?(?!(?:sha1|sha256|sha384|sha512|md5|crc32c|sha3-\d+)"?\s*;)([\w-]+)/,
      ([, name]) => `${name}`,
    ),
};
