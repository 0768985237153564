import type { BotKind, IdentityRules } from '../model/identities.js';
import { glob } from './glob.js';

/** Programs that commit to many projects. A pattern with @ is an address, any other a name. */
const BOTS = [
  '*[bot]',
  '*[bot]@users.noreply.github.com',
  '*-bot',
  '*_bot',
  'dependabot*',
  'renovate',
  'renovate bot',
  '*@renovateapp.com',
  'greenkeeper*',
  'github actions',
  'github-actions*',
  'gitlab ci',
  'travis ci*',
  'pre-commit-ci*',
  'mergify*',
  'bors',
  'homu',
  'codecov*',
  'imgbot*',
  'allcontributors*',
  'hosted weblate',
  'weblate (bot)',
  'transifex*',
  'k8s-ci-robot',
  'k8s-merge-robot',
  'kubernetes prow robot',
  'openstack proposal bot',
  'zuul',
  'jenkins',
  'jenkins ci',
  'buildbot',
  'copybara-service*',
];

/** Accounts under which a forge commits what people merge or edit on its pages. */
const WEB_MERGE = [
  'noreply@github.com',
  'web-flow',
  'noreply@gitlab.com',
  'gerrit code review',
  'noreply@codeberg.org',
];

/** What is known without the user's file, for telling whether two versions know the same. */
export const builtinBots: readonly (readonly string[])[] = [BOTS, WEB_MERGE];

/** Tells which names and addresses are not people. */
export class BotRules {
  readonly #bots: Pattern[];
  readonly #webMerge: Pattern[];
  readonly #neither: Pattern[];

  constructor(rules: IdentityRules) {
    this.#bots = [...rules.bots, ...BOTS].map(pattern);
    this.#webMerge = [...rules.webMerge, ...WEB_MERGE].map(pattern);
    this.#neither = rules.notBots.map(pattern);
  }

  kind(name: string, email: string): BotKind | null {
    const any = (patterns: readonly Pattern[]) => patterns.some((one) => one(name, email));
    if (any(this.#neither)) return null;
    if (any(this.#webMerge)) return 'web-merge';
    return any(this.#bots) ? 'bot' : null;
  }
}

type Pattern = (name: string, email: string) => boolean;

function pattern(text: string): Pattern {
  const matches = glob(text);
  return text.includes('@') ? (_, email) => matches(email) : (name) => matches(name);
}
