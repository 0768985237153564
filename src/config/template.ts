/** What `health init` writes: a study that works as it stands, with all there is to say in it. */
export const TEMPLATE = `# health.yaml: the components you choose between, or run, and want to keep an eye on.
# Next: health collect, then health report --html

# The study's name; reports are called after it.
study: our-stack

projects:
  # name: letters, digits, dot, dash, underscore; files are called after it, and --project takes it.
  # url: http(s)://, ssh://, git://, user@host:path, file:// or a path. A path may be relative to this file; ~ is not
  # expanded.
  - name: drbd
    url: https://github.com/LINBIT/drbd-8.4
    # Which branches count. branches (all of them, the default), default (the repository's default branch alone),
    # or a list of patterns:
    # refs: [main, 'release/*']
    refs: branches
    # What it is for, and words of your own; both are shown in reports.
    layer: storage
    tags: [replication, kernel]
    # The project of this study that carries on where this one ends:
    # succeeded_by: drbd-9

  - name: corosync
    url: https://github.com/corosync/corosync
    layer: messaging

  # A repository of your own, read in place:
  # - name: our-agents
  #   url: ../our-agents

# Who is who: people with several names or addresses, bots, organisations. identities.yaml beside this file is found by
# itself; health people suggest helps to write it.
# identities: identities.yaml

# Hold the report against the published figures of a study this tool knows.
# replicates: thesis

# What you bring along to a choice: what each layer must do (need), what limits you (state), what you found out about
# candidates (answers), weights, and candidates of your own. selection.yaml beside this file is found by itself;
# health catalogue --schema describes it.
# selection: selection.yaml

# What is deployed, layer by layer: a component of the catalogue (health catalogue lists them), and its version.
# stack:
#   storage: {component: drbd, version: 8.4.3}
#   messaging: {component: corosync, version: 2.4.1}

# The cluster it is deployed as: a spec (health cluster init), or a mapping with what its simulation and its rehearsal
# gave, for the report. Its components are the stack, where \`stack\` doesn't say otherwise.
# cluster:
#   spec: cluster.yaml
#   target: debian12
#   simulation: simulation.json
#   rehearsal: rehearsal.json
`;
