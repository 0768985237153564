import { studyRules } from '../config/watch-rules.js';
import { HealthError } from '../model/error.js';
import type { Study } from '../model/project.js';
import type { Replay } from '../model/replay.js';
import { replay } from '../schedule/replay.js';
import { openReadable } from '../store/readable.js';
import { loadCatalogue } from './catalogue.js';
import { identitiesOf } from './identities.js';
import { chooseProjects } from './scope.js';
import { projectSignals } from './signals.js';

export interface ReplayOptions {
  store: string;
  study: Study;
  /** Empty: all of the study. */
  projects: string[];
  /** YYYY-MM-DD. */
  from: string;
  to: string;
}

/** What the study's rules would have said from one day to another, a month at a time. Reads the store only. */
export function replayRules({ store, study, projects, from, to }: ReplayOptions): Replay {
  if (from > to) throw new HealthError('bad-usage', `--replay: ${from} is after ${to}`);
  const readable = openReadable(store, { identities: identitiesOf(study)?.rules });
  try {
    const catalogue = loadCatalogue();
    const { facts } = chooseProjects(readable, study, projects, store);
    const signals = facts.map(({ name }) => projectSignals(readable, catalogue, name, to));
    return replay(studyRules(study.rules), signals, from, to);
  } finally {
    readable.close();
  }
}
