/** What stands wherever figures come from histories this tool made up. */
export const REPLICA_TEXT =
  'Everything shown here comes from made-up histories: the people are invented and the files empty. Only the totals per year are those of the real projects.';

/** The same, for the corner of a picture or a table. */
export const REPLICA_SHORT = 'Replica: made-up people, real totals per year';
