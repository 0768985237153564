import { FAULT_TEXTS } from '../../src/model/fault.js';
import { plainScope, type Measurement, type QueryInfo, type Scope, type Value } from '../../src/model/measurement.js';
import type { Chart, FigureRange, PastFigure, ProjectContributors, ProjectFacts } from '../../src/model/result.js';
import type { Replication, ReplicationTrial, Result } from '../../src/model/result.js';
import { sampleSeal } from './seal-fixture.js';

/** Names that would do harm if any part of the report took them for more than text. */
export const HOSTILE = [
  '<script>alert(1)</script>',
  "'; DROP TABLE people; --",
  '\u202Egnp.exe\u202C <img src=x onerror=alert(2)>',
  'zero\u0000byte',
  '=HYPERLINK("http://example.invalid","x")',
  'pipe | `tick` </script><!-- [link](http://example.invalid)',
] as const;

/** Control characters and marks that reorder text: none may come through as they are. */
// oxlint-disable-next-line no-control-regex -- these are what it looks for
export const UNSEEN = /[\u0000-\u0008\u202a-\u202e\u2066-\u2069]/;

export function query(id: string, extra: Partial<QueryInfo> = {}): QueryInfo {
  return {
    id,
    title: `Title of ${id}`,
    question: 'Does it stand where it should?',
    unit: 'commits',
    better: 'up',
    headline: null,
    band: [],
    window: null,
    params: [],
    source: 'Made up for the tests',
    traps: ['The last year is not over yet.', 'A committer is whoever applied a commit.'],
    each: null,
    standsFor: null,
    sql: `-- ${id}\nSELECT COUNT(*) AS commits\nFROM scmlog\nWHERE date < '2015' AND 1 < 2;\n`,
    sha256: 'a3'.repeat(32),
    ...extra,
  };
}

export function scope(project: string, extra: Partial<Scope> = {}): Scope {
  return plainScope(project, { asOf: '2014-12-31', ...extra });
}

export function facts(name: string, extra: Partial<ProjectFacts> = {}): ProjectFacts {
  return {
    name,
    url: `https://example.invalid/${name}`,
    layer: null,
    tags: [],
    refs: 'branches',
    flags: [],
    head: 'refs/heads/main',
    tip: '0123456789abcdef0123456789abcdef01234567',
    branches: 3,
    tagCount: 12,
    commits: 4567,
    actions: 12_345,
    compat: 'default',
    differences: FAULT_TEXTS.map(({ fault }, i) => ({ fault, rows: i * 3, commits: i === 3 ? 5 : i * 3 })),
    collectedAt: '2015-01-02 03:04:05',
    succeededBy: null,
    ...extra,
  };
}

/** Numbers that look like chance and are always the same. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

function bars(field: string, title: string, time: string, unit: string): Record<string, unknown> {
  return {
    data: { name: 'rows' },
    height: 220,
    params: [
      {
        name: 'zoom',
        select: { type: 'interval', encodings: ['x'], zoom: 'wheel![event.ctrlKey || event.shiftKey]' },
        bind: 'scales',
      },
    ],
    transform: [{ calculate: time, as: 'start' }],
    mark: { type: 'bar', clip: true },
    encoding: {
      x: { field: 'start', timeUnit: unit, type: 'temporal', title: null },
      y: { field, type: 'quantitative', title },
      tooltip: [
        { field: 'project', type: 'nominal', title: 'Project' },
        { field, type: 'quantitative', title },
      ],
    },
  };
}

function stacked(spec: Record<string, unknown>): Record<string, unknown> {
  const { data, ...inner } = spec;
  const header = { labelOrient: 'top', labelAnchor: 'start', labelAngle: 0 };
  return {
    data,
    facet: { row: { field: 'project', type: 'nominal', title: null, sort: null, header } },
    spec: { ...inner, height: 130 },
  };
}

const PER_YEAR = bars('commits', 'Commits', 'utc(datum.year, 0, 1)', 'utcyear');
const COMMITTERS = bars('committers', 'Committers', 'utc(datum.year, 0, 1)', 'utcyear');
const PER_DAY = bars('commits', 'Commits in the month', 'utcParse(datum.day, "%Y-%m-%d")', 'utcyearmonth');
const SIX_MONTHS = {
  data: { name: 'rows' },
  height: { step: 34 },
  mark: 'bar',
  encoding: {
    y: { field: 'project', type: 'nominal', title: null, sort: null },
    x: { field: 'commits', type: 'quantitative', title: 'Commits' },
    tooltip: [{ field: 'commits', type: 'quantitative' }],
  },
};
const PEOPLE = {
  data: { name: 'rows' },
  height: { step: 24 },
  mark: 'bar',
  encoding: {
    y: { field: 'name', type: 'nominal', title: null, sort: '-x' },
    x: { field: 'commits', type: 'quantitative', title: 'Commits' },
    color: { field: 'commits', type: 'quantitative', title: 'Commits' },
    tooltip: [{ field: 'name' }, { field: 'commits', type: 'quantitative' }],
  },
};

function chart(id: string, spec: Record<string, unknown>, compare = stacked(spec)): Chart {
  return { query: id, title: id, description: `Chart of ${id}.`, spec, compare };
}

interface Made {
  name: string;
  from: number;
  daily: number;
  seed: number;
}

function perDay({ from, daily, seed }: Made): [day: string, commits: number][] {
  const roll = dice(seed);
  const days: [string, number][] = [];
  for (let time = Date.UTC(from, 0, 5); time < Date.UTC(2015, 0, 1); time += 86_400_000) {
    if (roll() < Math.min(0.6, daily)) {
      days.push([new Date(time).toISOString().slice(0, 10), 1 + Math.floor(roll() ** 3 * 9 * daily)]);
    }
  }
  return days;
}

function measured(made: Made): Measurement[] {
  const days = perDay(made);
  const years = new Map<number, number>();
  for (const [day, commits] of days) {
    const year = Number(day.slice(0, 4));
    years.set(year, (years.get(year) ?? 0) + commits);
  }
  const half = days.filter(([day]) => day >= '2014-07-01').reduce((sum, [, commits]) => sum + commits, 0);
  const total = days.reduce((sum, [, commits]) => sum + commits, 0);
  const roll = dice(made.seed + 1);
  const one = (id: string, columns: string[], rows: Value[][]): Measurement => ({
    query: id,
    scope: scope(made.name),
    params: id === 'activity/commits-six-months' ? { as_of: '2014-12-31' } : {},
    columns,
    rows,
  });
  return [
    one(
      'overview/facts',
      ['first_commit', 'last_commit', 'commits', 'merges', 'committers', 'authors', 'active_days', 'days_silent'],
      [[days[0]?.[0] ?? null, days.at(-1)?.[0] ?? null, total, 321, 42, null, days.length, 3]],
    ),
    one('activity/commits-six-months', ['commits'], [[half]]),
    one('activity/commits-per-year', ['year', 'commits'], [...years]),
    one(
      'activity/committers-per-year',
      ['year', 'committers'],
      [...years.keys()].map((year) => [year, 2 + Math.floor(roll() * made.daily * 30)]),
    ),
    one('activity/commits-per-day', ['day', 'commits'], days),
    one(
      'people/top',
      ['name', 'commits', 'share'],
      HOSTILE.map((name, i) => [name, 400 - i * 61, i === 2 ? null : 0.25 / (i + 1)]),
    ),
  ];
}

function trial(project: string, value: number, published: number, rule: string): ReplicationTrial {
  const rounded = Math.trunc(value);
  const rounding = Number.isInteger(value) ? 'exact' : 'truncated';
  return { scope: scope(project), value, rounding, rounded, equal: rounded === published, rule };
}

function replicated(project: string, title: string, published: number, values: number[]): Replication {
  const rules = ['every branch, people by name and address', 'every branch, people by name', 'default branch only'];
  const trials = values.map((value, i) => trial(project, value, published, rules[i] ?? 'another way'));
  const nearest = [...trials].sort((a, b) => Math.abs(a.value - published) - Math.abs(b.value - published))[0];
  return {
    figure: title,
    title,
    project,
    query: 'activity/commits-six-months',
    published,
    ours: values[0] ?? 0,
    reproducedBy: trials.find((one) => one.equal) ?? null,
    nearest: nearest ?? trial(project, 0, published, 'none'),
    trials,
    note: project === 'alpha' ? 'No choice of branch, date or identity explains it.' : null,
  };
}

/** Headline figures of each project: query, title, way that is better, columns, rows by project, the year before. */
const HEADLINES: [
  id: string,
  title: string,
  better: QueryInfo['better'],
  columns: string[],
  rows: Value[][],
  past: (number | null)[],
][] = [
  [
    'activity/commits-last-year',
    'Commits of the last 12 months',
    'neither',
    ['commits', 'year_before', 'active_days'],
    [
      [120, 160, 80],
      [0, 0, 0],
      [900, 880, 300],
    ],
    [160, 0, 880],
  ],
  [
    'activity/active-weeks',
    'Active weeks',
    'up',
    ['active_weeks_percent', 'active_weeks_of_13'],
    [
      [92.3, 12],
      [0, 0],
      [38.5, 5],
    ],
    [46.2, 0, 100],
  ],
  [
    'people/absence-factor',
    'Contributor Absence Factor',
    'up',
    ['absence_factor', 'top_percent', 'commits', 'absence_factor_ever'],
    [
      [1, 71, 120, 2],
      [null, null, 0, 2],
      [4, 22.5, 900, 5],
    ],
    [2, null, 4],
  ],
  [
    'people/active-contributors',
    'Active contributors',
    'up',
    ['contributors', 'year_before'],
    [
      [6, 4],
      [0, 0],
      [41, 44],
    ],
    [4, 0, 44],
  ],
  ['people/onion-layers', 'Core contributors', 'up', ['core'], [[2], [null], [7]], [2, null, 7]],
];

const NAMES = ['alpha', 'beta-disk', 'gamma'];

function headlineMeasurements(): Measurement[] {
  return HEADLINES.flatMap(([id, , , columns, rows]) =>
    NAMES.map((name, i) => ({ query: id, scope: scope(name), params: {}, columns, rows: [rows[i] ?? []] })),
  );
}

function ranges(): FigureRange[] {
  return HEADLINES.flatMap(([id, , , columns, rows]) =>
    NAMES.map((project, i): FigureRange => {
      const found = rows[i]?.[0];
      const value = typeof found === 'number' ? found : null;
      const moved = value === null || id === 'people/onion-layers' ? value : value * 2;
      return {
        query: id,
        project,
        column: columns[0] ?? '',
        value,
        low: value,
        high: moved,
        trials: [
          { axis: 'role', choice: 'committer', value: moved },
          { axis: 'merges', choice: 'merges out', value },
        ],
        product: moved === value ? null : { tried: 1, of: 1, low: value, high: moved },
        mostMoving: moved === value ? null : 'role',
      };
    }),
  );
}

function pastFigures(): PastFigure[] {
  return HEADLINES.flatMap(([query, , , , , past]) =>
    NAMES.map((project, i) => ({ query, project, asOf: '2013-12-31', value: past[i] ?? null })),
  );
}

function contributors(project: string, silent: boolean): ProjectContributors {
  const top = HOSTILE.map((name, i) => ({
    name,
    organization: i === 1 ? null : 'example & sons <b>',
    bot: i === 3 ? ('bot' as const) : null,
    commits: 400 - i * 61,
    recent: silent ? 0 : 60 - i * 10,
    applied: i,
    first: '2004-01-05',
    last: '2014-12-01',
    identities: 1 + i,
  }));
  const sum = (of: 'commits' | 'recent') => top.reduce((all, one) => all + one[of], 0);
  return {
    project,
    people: 6,
    recentPeople: silent ? 0 : 6,
    commits: sum('commits'),
    recentCommits: sum('recent'),
    top,
  };
}

const DESCRIBED: [id: string, title: string, question: string][] = [
  ['overview/facts', 'The history in brief', 'How old, how big and how quiet is the project?'],
  ['activity/commits-six-months', 'Commits of the last six months', 'Is the project active now?'],
  ['activity/commits-per-year', 'Commits per year', 'Is the project getting busier or quieter?'],
  ['activity/committers-per-year', 'Committers per year', 'On how many people does the project rest?'],
  ['activity/commits-per-day', 'Commits per day', 'Does work come steadily or in bursts?'],
  ['people/top', 'Most active people', 'Who does the work?'],
];

/** Three made-up projects over fifteen years, with hostile names among their people. */
export function sampleResult(extra: Partial<Result> = {}): Result {
  const made: Made[] = [
    { name: 'alpha', from: 2004, daily: 0.18, seed: 11 },
    { name: 'beta-disk', from: 1999, daily: 0.32, seed: 23 },
    { name: 'gamma', from: 2001, daily: 0.85, seed: 37 },
  ];
  return {
    format: 1,
    tool: { name: 'stack-health', version: '0.0.0' },
    study: { name: 'Three made-up projects', replica: false, replicates: 'made-up' },
    asOf: '2014-12-31',
    asOfGiven: true,
    projects: [
      facts('alpha', { layer: 'messaging', tags: ['core'], flags: ['shallow'] }),
      facts('beta-disk', { layer: 'storage', refs: ['main', 'feature/*'] }),
      facts('gamma', { url: '/srv/<b>git</b>/gamma', head: null, tip: null, compat: 'strict', differences: null }),
    ],
    faults: FAULT_TEXTS,
    missing: ['delta'],
    queries: [
      ...DESCRIBED.map(([id, title, question]) => query(id, { title, question })),
      ...HEADLINES.map(([id, title, better, columns]) => query(id, { title, better, headline: columns[0] ?? null })),
    ],
    measurements: [...made.flatMap(measured), ...headlineMeasurements()],
    sensitivity: ranges(),
    past: pastFigures(),
    people: NAMES.map((name) => contributors(name, name === 'beta-disk')),
    charts: [
      chart('activity/commits-six-months', SIX_MONTHS, SIX_MONTHS),
      chart('activity/commits-per-year', PER_YEAR),
      chart('activity/committers-per-year', COMMITTERS),
      chart('activity/commits-per-day', PER_DAY),
      chart('people/top', PEOPLE, { ...PEOPLE, encoding: { ...PEOPLE.encoding, color: { field: 'project' } } }),
    ],
    replication: [
      replicated('alpha', 'Commits, July to December 2014', 82, [57, 57, 43]),
      replicated('beta-disk', 'Commits, July to December 2014', 46, [46, 46, 46]),
      replicated('alpha', 'Mean active committers a year', 5, [6.364, 5.909, 4.8]),
      replicated('gamma', 'Mean active committers a year', 13, [14.25, 13.667, 12.1]),
    ],
    ...sampleSeal(['alpha', 'beta-disk', 'gamma']),
    ...extra,
  };
}
