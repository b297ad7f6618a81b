/** One command of `aviary`. Its module is loaded when it is called. */
export interface Command {
  readonly summary: string;
  readonly load: () => Promise<CommandModule>;
}

export interface CommandModule {
  /** What `--help` prints. */
  readonly help: string;
  /**
   * @param root absolute path of the repository
   * @returns the exit code: 0 done, 1 a negative answer, 2 wrong use or a fault
   */
  readonly run: (args: readonly string[], root: string) => Promise<number>;
}

type Commands = Readonly<Record<string, Command>>;

/** The commands by what they are for, in the order of `--help`. */
export const commandGroups: Readonly<Record<string, Commands>> = {
  'Every day': {
    start: {
      summary: 'Run everything on this machine, and on save what you change',
      load: () => import('./commands/start.ts'),
    },
    plan: { summary: 'Show what a deploy would change, and why', load: () => import('./commands/plan.ts') },
    explain: { summary: 'Show the way from what changed to a function', load: () => import('./commands/explain.ts') },
    deploy: { summary: 'Build and deploy what changed', load: () => import('./commands/deploy.ts') },
    status: { summary: 'Show what runs in a stage', load: () => import('./commands/status.ts') },
    invoke: {
      summary: 'Invoke a function, with a sample event or another',
      load: () => import('./commands/invoke.ts'),
    },
    'test-event': {
      summary: 'List, show and make sample events',
      load: () => import('./commands/test-event.ts'),
    },
    token: { summary: 'Make a token for the API of a stage', load: () => import('./commands/token.ts') },
    logs: { summary: 'Show what functions have logged', load: () => import('./commands/logs.ts') },
    trace: { summary: 'Show what one request has led to', load: () => import('./commands/trace.ts') },
    dashboard: { summary: 'Show how a stage does, in charts', load: () => import('./commands/dashboard.ts') },
  },
  'When something is wrong': {
    rollback: { summary: 'Take a function back to an earlier release', load: () => import('./commands/rollback.ts') },
    history: { summary: 'List the releases that a function has run', load: () => import('./commands/history.ts') },
    diff: {
      summary: 'Show what changed between two releases of a function',
      load: () => import('./commands/diff.ts'),
    },
    recover: {
      summary: 'Bring a stage back that is stuck or half done',
      load: () => import('./commands/recover.ts'),
    },
    pin: { summary: 'Hold a function at the release that runs', load: () => import('./commands/pin.ts') },
    unpin: { summary: 'Let deploys move a pinned function again', load: () => import('./commands/unpin.ts') },
    drift: { summary: 'Tell whether a stage runs what its stack says', load: () => import('./commands/drift.ts') },
    smoke: { summary: 'Ask a deployed stage whether it is well', load: () => import('./commands/smoke.ts') },
    dlq: { summary: 'Show and send again what functions failed on', load: () => import('./commands/dlq.ts') },
    doctor: {
      summary: 'Say what is missing, here, on GitHub and in the account',
      load: () => import('./commands/doctor.ts'),
    },
  },
  'A running stage': {
    config: { summary: 'Show and change the settings of a running stage', load: () => import('./commands/config.ts') },
    flag: {
      summary: 'Show the feature flags of a stage, and turn them on and off',
      load: () => import('./commands/flag.ts'),
    },
    'rebuild-projection': {
      summary: 'Make a read model anew out of the events',
      load: () => import('./commands/rebuild-projection.ts'),
    },
    canary: {
      summary: 'Rehearse how traffic would move to a new version',
      load: () => import('./commands/canary.ts'),
    },
    cost: { summary: 'Estimate what a stage costs in a month', load: () => import('./commands/cost.ts') },
    memory: {
      summary: 'Show how much memory functions use, and which size would do',
      load: () => import('./commands/memory.ts'),
    },
    tune: { summary: 'Measure memory sizes of a function', load: () => import('./commands/tune.ts') },
    prune: { summary: 'Remove what nothing uses and no rollback needs', load: () => import('./commands/prune.ts') },
    preview: {
      summary: 'Make and remove previews of pull requests',
      load: () => import('./commands/preview.ts'),
    },
  },
  'The repository': {
    new: { summary: 'Make a function', load: () => import('./commands/new.ts') },
    begin: { summary: 'Take the sample domain away', load: () => import('./commands/begin.ts') },
    remove: { summary: 'Remove a function', load: () => import('./commands/remove.ts') },
    generate: { summary: 'Write the files that are made from others', load: () => import('./commands/generate.ts') },
    budget: {
      summary: 'Show what each function loads when it starts, beside its budget',
      load: () => import('./commands/budget.ts'),
    },
    report: { summary: 'Tell what a pull request changes', load: () => import('./commands/report.ts') },
    completion: {
      summary: 'Print what a shell needs to complete commands with Tab',
      load: () => import('./commands/completion.ts'),
    },
  },
  'Steps of the pipeline': {
    bootstrap: { summary: 'Prepare an account for deploys from GitHub', load: () => import('./commands/bootstrap.ts') },
    promote: {
      summary: 'Give production what staging runs, without a build',
      load: () => import('./commands/promote.ts'),
    },
    collect: { summary: 'Download the packages that a stage runs', load: () => import('./commands/collect.ts') },
    compose: {
      summary: 'Write the template of a deploy, without deploying',
      load: () => import('./commands/compose.ts'),
    },
    package: { summary: 'Zip what sam build made of it', load: () => import('./commands/package.ts') },
    'source-maps': {
      summary: 'Keep the source maps of what is deployed',
      load: () => import('./commands/source-maps.ts'),
    },
    sam: { summary: 'Run the SAM CLI that is pinned here', load: () => import('./commands/sam.ts') },
    notify: { summary: 'Tell people how a deploy ended', load: () => import('./commands/notify.ts') },
    layer: { summary: 'Build a layer into a folder (sam build calls this)', load: () => import('./commands/layer.ts') },
  },
};

export const commands: Commands = Object.fromEntries(Object.values(commandGroups).flatMap(Object.entries<Command>));

/** Commands that the launcher runs itself (tools/setup/launch.mjs). */
export const launcherCommands: Readonly<Record<string, string>> = {
  setup: 'Install everything that is missing',
  test: 'Run the tests',
  check: 'Types, lint, format and the checks of the repository',
  bench: 'Measure, and write docs/benchmarks.md',
  load: 'Put load on the sample domain',
  mutation: 'Change the planner and the composer, and see whether a test notices',
};
