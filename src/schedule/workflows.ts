import { stringify } from 'yaml';
import { plainCron } from './cron-fields.js';
import { jobName, quoted, type Job } from './job.js';

const PLAIN = { lineWidth: 0 } as const;

/** `npx`, for a machine that has Node and nothing of ours. `more`: options with a shell's words for their values. */
function fromRegistry({ version, options }: Job, more: Record<string, string>): string {
  const words = ['npx', '--yes', '--package', `stack-health@${version}`, 'health', 'evaluate', ...options];
  const added = Object.entries(more).flatMap(([option, word]) =>
    given(options, option) === null ? [option, word] : [],
  );
  return [...words.map(quoted), ...added].join(' ');
}

/** What the user gave an option already: `--summary FILE` or `--summary=FILE`. */
function given(options: readonly string[], option: string): string | null {
  const at = options.findIndex((word) => word === option || word.startsWith(`${option}=`));
  if (at === -1) return null;
  return options[at] === option ? (options[at + 1] ?? '') : (options[at]?.slice(option.length + 1) ?? '');
}

/** `.github/workflows/….yml`. Days and hours are UTC there. */
export function githubWorkflow(job: Job): string {
  const name = jobName(job);
  const workflow = {
    name: `Health of ${job.study}`,
    on: { schedule: [{ cron: plainCron(job.cron) }], workflow_dispatch: {} },
    permissions: { contents: 'read' },
    // The store is one file: two at once would take each other's cache.
    concurrency: { group: name, 'cancel-in-progress': false },
    jobs: {
      evaluate: {
        'runs-on': 'ubuntu-latest',
        'timeout-minutes': 120,
        steps: [
          { uses: 'actions/checkout@v4' },
          { uses: 'actions/setup-node@v4', with: { 'node-version': '22' } },
          {
            name: 'Bring the store of the last run',
            uses: 'actions/cache/restore@v4',
            with: { path: 'data', key: `${name}-\${{ github.run_id }}`, 'restore-keys': `${name}-` },
          },
          {
            name: 'Evaluate',
            run: fromRegistry(job, { '--summary': '"$GITHUB_STEP_SUMMARY"' }),
            env: { HEALTH_WEBHOOK_SECRET: '${{ secrets.HEALTH_WEBHOOK_SECRET }}' },
          },
          {
            name: 'Keep the store for the next run',
            if: 'always()',
            uses: 'actions/cache/save@v4',
            with: { path: 'data', key: `${name}-\${{ github.run_id }}` },
          },
        ],
      },
    },
  };
  return `# As .github/workflows/${name}.yml beside health.yaml. Times are UTC. The job fails when a rule fired (1) or projects failed (3, 4).\n${stringify(workflow, PLAIN)}`;
}

/** A job for .gitlab-ci.yml; when it runs is told to GitLab on its own pages. */
export function gitlabJob(job: Job): string {
  const name = jobName(job);
  const summary = given(job.options, '--summary') ?? 'health.md';
  const junit = given(job.options, '--junit') ?? 'health.xml';
  const text = {
    [name]: {
      image: 'node:22',
      rules: [{ if: '$CI_PIPELINE_SOURCE == "schedule"' }],
      // One at a time: the store is one file.
      resource_group: name,
      interruptible: false,
      cache: { key: name, paths: ['data/'], when: 'always' },
      script: [fromRegistry(job, { '--summary': summary, '--junit': junit })],
      // A rule that fired is a warning; whatever else is a failure.
      allow_failure: { exit_codes: [1] },
      artifacts: { when: 'always', paths: [summary], reports: { junit } },
    },
  };
  const cron = plainCron(job.cron);
  const zone = job.zone === null ? '' : `, time zone ${job.zone}`;
  return `# For .gitlab-ci.yml beside health.yaml. Then, in GitLab: Build, Pipeline schedules, New schedule, custom: ${cron}${zone}\n# HEALTH_WEBHOOK_SECRET, where a webhook is used: Settings, CI/CD, Variables, masked.\n${stringify(text, PLAIN)}`;
}
