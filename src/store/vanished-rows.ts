import type Database from 'better-sqlite3';

/** Puts commits that are about to be removed among the vanished ones, with all that says what and whose they were. */
export function keepVanished(db: Database.Database, repository: number, commits: readonly number[]): void {
  if (commits.length === 0) return;
  // The store's messages are laid out as CVSAnalY does: four blanks before each line.
  const statement = db.prepare<{ repository: number; commits: string }>(`
    insert into health_vanished
      (repository_id, rev, committer_name, committer_email, author_name, author_email, date, date_tz, author_date,
       author_date_tz, subject, branch, first_seen, last_seen)
    select s.repository_id, s.rev, c.name, c.email, a.name, a.email, s.date, s.date_tz, s.author_date, s.author_date_tz,
           substr(s.message, 5, instr(s.message || char(10), char(10)) - 5),
           (select b.name from actions t join branches b on b.id = t.branch_id where t.commit_id = s.id limit 1),
           coalesce(h.since, (select min(ended_at) from health_collects where project = p.name and status = 'done')),
           p.collected_at
    from scmlog s
    join people c on c.id = s.committer_id
    join people a on a.id = s.author_id
    join health_projects p on p.repository_id = s.repository_id
    left join health_seen h on h.commit_id = s.id
    where s.repository_id = :repository and s.id in (select value from json_each(:commits))
    order by s.id`);
  statement.run({ repository, commits: JSON.stringify(commits) });
}

/** Takes those out again that are back. */
export function forgetReturned(db: Database.Database, repository: number, revs: readonly string[]): void {
  if (revs.length === 0) return;
  const statement = db.prepare<[number, string]>(
    'delete from health_vanished where repository_id = ? and rev in (select value from json_each(?))',
  );
  statement.run(repository, JSON.stringify(revs));
}
