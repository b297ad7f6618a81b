import { InvokeCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Explanation } from '../../tools/plan/explain.ts';
import type { Plan } from '../../tools/plan/plan.ts';
import { aviaryJson } from '../support/aviary.ts';
import {
  functionNames,
  logicalId,
  published,
  useStage,
  without,
  type Running,
  type RunningFunction,
} from '../support/aviary-stage.ts';
import type { Clone } from '../support/clone.ts';

/** `function users changed` to its reasons, of all that is not as it is deployed. */
type Changes = Readonly<Record<string, readonly string[]>>;

interface Case {
  readonly edit: string;
  readonly make: (clone: Clone) => void;
  readonly changes: Changes;
  /** The way that `explain` shows, by function, of its first reason. */
  readonly chains?: Readonly<Record<string, readonly string[]>>;
}

const nothing: Changes = {};
/** The same change, for the same reasons, of each of these functions. */
const each = (names: readonly string[], reasons: readonly string[]): Changes =>
  Object.fromEntries(names.map((name) => [`function ${name} changed`, reasons]));
const isNew = ['new: not deployed yet'];
const isRemoved = ['removed: not in template.yaml'];

const tableRenamed = /^config: the name of Data\.Outputs\.TableArn .*aviary-main-local → .*aviary-table-local$/;

const invoices = `
  Invoices:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties:
        EntryPoints: [handler.ts]
        Minify: true
        Target: node24
        External: ['@shared/*']
        Packages: external
    Properties:
      FunctionName: !Sub \${App}-invoices-\${Stage}
      CodeUri: functions/invoices/
`;

const addInvoices = (clone: Clone): void => {
  clone.write('functions/invoices/handler.ts', "export const handler = async () => 'invoices';\n");
  clone.edit('template.yaml', /\nOutputs:/, `${invoices}\nOutputs:`);
};

const retarget = (clone: Clone): void => {
  const users = /\n {2}Users:[^]*?Target: node24/;
  const block = users.exec(clone.read('template.yaml'))?.[0] ?? '';
  clone.edit('template.yaml', users, block.replace('node24', 'es2017'));
};

/** A package that is locked (the tools have it) and that no function uses. */
const single = 'fastest-levenshtein';

const code: readonly Case[] = [
  { edit: 'nothing', make: () => undefined, changes: nothing },
  {
    edit: 'a file of a function',
    make: (clone) => {
      clone.edit('functions/users/get-user.ts', 'status: 200', 'status: 203');
    },
    changes: { 'function users changed': ['code: functions/users/get-user.ts'] },
    chains: {
      users: ['functions/users/handler.ts', 'functions/users/routes.ts', 'functions/users/get-user.ts'],
    },
  },
  {
    edit: 'comments in a function, in a shared module and in an entry of the dependencies layer',
    make: (clone) => {
      clone.append('functions/users/get-user.ts', '\n// A comment.\n');
      clone.append('layers/shared/src/http/respond.ts', '\n/* Another. */\n');
      clone.append('layers/dependencies/src/zod.ts', '\n// A third.\n');
    },
    changes: nothing,
  },
  {
    edit: 'a test, a sample event and the documents',
    make: (clone) => {
      clone.append('tests/unit/functions/users/users-api.test.ts', "\nit.todo('does more');\n");
      clone.edit('functions/users/events/create-user.json', 'Ada Lovelace', 'Grace Hopper');
      clone.write('README.md', '# Another title\n');
      clone.write('docs/another.md', '# Another page\n');
    },
    changes: nothing,
  },
  {
    edit: 'nothing but the commit',
    make: (clone) => void clone.commit('Another commit'),
    changes: nothing,
  },
  {
    edit: "the name of a function's file",
    make: (clone) => {
      clone.move('functions/users/get-user.ts', 'functions/users/read-user.ts');
      clone.edit('functions/users/routes.ts', './get-user.ts', './read-user.ts');
    },
    changes: nothing,
  },
  {
    edit: 'a shared module that one function alone reaches',
    make: (clone) => {
      clone.edit('layers/shared/src/batch/table-handler.ts', "eventSourceARN ?? ''", "eventSourceARN ?? 'none'");
    },
    changes: {
      'layer shared changed': ['code: layers/shared/src/batch/table-handler.ts'],
      'function table-stream changed': ['code: layers/shared/src/batch/table-handler.ts', 'layer: shared'],
    },
    chains: {
      'table-stream': [
        'functions/table-stream/handler.ts',
        'functions/table-stream/project-batch.ts',
        'layers/shared/src/batch/table-handler.ts',
      ],
    },
  },
  {
    edit: 'a shared module that some functions reach',
    make: (clone) => {
      clone.edit('layers/shared/src/resilience/retry.ts', 'attempt >= policy.attempts', 'attempt > policy.attempts');
    },
    changes: {
      'layer shared changed': ['code: layers/shared/src/resilience/retry.ts'],
      ...each(
        ['github-webhook', 'order-stream', 'orders', 'user-activity', 'users'],
        ['code: layers/shared/src/resilience/retry.ts', 'layer: shared'],
      ),
    },
    chains: {
      users: [
        'functions/users/handler.ts',
        'functions/users/dependencies.ts',
        'functions/users/dynamodb-users.ts',
        'layers/shared/src/resilience/retry.ts',
      ],
    },
  },
  {
    edit: 'a shared module that every function reaches',
    make: (clone) => {
      clone.edit('layers/shared/src/observability/observe-invocation.ts', "'Memory use'", "'Memory in use'");
    },
    changes: {
      'layer shared changed': ['code: layers/shared/src/observability/observe-invocation.ts'],
      ...each(functionNames, ['code: layers/shared/src/observability/observe-invocation.ts', 'layer: shared']),
    },
    chains: {
      processor: [
        'functions/processor/handler.ts',
        'layers/shared/src/invocation/direct-handler.ts',
        'layers/shared/src/observability/observe-invocation.ts',
      ],
    },
  },
  {
    edit: 'types that are imported as types alone',
    make: (clone) => {
      clone.edit(
        'layers/shared/src/http/respond.ts',
        'readonly status: number;',
        'readonly status: number;\n  readonly note?: string;',
      );
      clone.append('functions/users/users-repository.ts', '\nexport type Another = string | number;\n');
    },
    changes: nothing,
  },
  {
    edit: 'exports that nothing uses, in a shared module, in a function and in the dependencies layer',
    make: (clone) => {
      clone.append('layers/shared/src/http/respond.ts', '\nexport const unused = (): string => "unused";\n');
      clone.append('functions/users/get-user.ts', '\nexport const unused = (): string => "unused";\n');
      clone.edit('layers/dependencies/src/zod.ts', 'email,', 'date, email,');
    },
    changes: nothing,
  },
  {
    edit: 'the version of a package that all functions reach',
    make: (clone) => {
      clone.bump('zod', '4.99.0', 'package.json', '"version": "', '"version": "99.');
    },
    changes: {
      'layer dependencies changed': ['dependency: zod 4.6.7 → 4.99.0'],
      ...each(functionNames, ['dependency: zod 4.6.7 → 4.99.0', 'layer: dependencies']),
    },
    chains: {
      processor: [
        'functions/processor/handler.ts',
        'functions/processor/process-event.ts',
        'functions/processor/schema.ts',
        'zod',
      ],
    },
  },
];

const template: readonly Case[] = [
  {
    edit: 'the memory of one function',
    make: (clone) => {
      clone.edit(
        'template.yaml',
        'CodeUri: functions/processor/',
        'CodeUri: functions/processor/\n      MemorySize: 1024',
      );
    },
    changes: { 'function processor changed': ['config: MemorySize 256 → 1024'] },
  },
  {
    edit: 'the memory of every function of the stage, in Mappings',
    make: (clone) => {
      clone.edit('template.yaml', 'MemorySize: 256', 'MemorySize: 320');
    },
    changes: each(functionNames, ['config: MemorySize 256 → 320']),
  },
  {
    edit: 'the memory of another stage',
    make: (clone) => {
      clone.edit('template.yaml', 'MemorySize: 512', 'MemorySize: 1024');
    },
    changes: nothing,
  },
  {
    edit: 'what Globals say of every function',
    make: (clone) => {
      clone.edit('template.yaml', 'Timeout: 30', 'Timeout: 20');
    },
    changes: each(functionNames, ['config: Timeout 30 → 20']),
  },
  {
    edit: 'comments and quotes in the template',
    make: (clone) => {
      clone.edit('template.yaml', 'Timeout: 30', 'Timeout: 30 # seconds');
      clone.edit('template.yaml', 'AutoPublishAlias: live', "AutoPublishAlias: 'live'");
    },
    changes: nothing,
  },
  {
    edit: 'a queue',
    make: (clone) => {
      clone.edit('template.yaml', 'MessageRetentionPeriod: 1209600', 'MessageRetentionPeriod: 604800');
    },
    changes: { 'resource TableStreamDeadLetters changed': ['config: MessageRetentionPeriod 1209600 → 604800'] },
  },
  {
    edit: 'the template of a nested stack',
    make: (clone) => {
      clone.edit('infra/data.yaml', 'PointInTimeRecoveryEnabled: true', 'PointInTimeRecoveryEnabled: false');
    },
    changes: { 'resource Data changed': ['content: infra/data.yaml'] },
  },
  {
    edit: 'a comment in the template of a nested stack',
    make: (clone) => {
      clone.append('infra/data.yaml', '# The end.\n');
    },
    changes: nothing,
  },
  {
    edit: 'the table in the nested stack, by which most functions find it',
    make: (clone) => {
      clone.edit('infra/data.yaml', 'TableName: !Sub ${App}-main-${Stage}', 'TableName: !Sub ${App}-table-${Stage}');
    },
    changes: {
      'resource Data changed': ['content: infra/data.yaml'],
      ...each(
        functionNames.filter(
          (name) => !['authorizer', 'processor', 'secret-rotation', 'security-events'].includes(name),
        ),
        [expect.stringMatching(tableRenamed) as string],
      ),
    },
  },
  {
    edit: 'the name of a queue that a function refers to',
    make: (clone) => {
      clone.edit('template.yaml', '${App}-processor-dlq-${Stage}', '${App}-processor-dead-${Stage}');
    },
    changes: {
      'resource ProcessorDeadLetters changed': [
        'config: QueueName aviary-processor-dlq-local → aviary-processor-dead-local',
      ],
      'function processor changed': [
        'config: the name of ProcessorDeadLetters.Arn aviary-processor-dlq-local → aviary-processor-dead-local',
      ],
    },
  },
  {
    edit: 'a parameter of the stage in samconfig.toml',
    make: (clone) => {
      clone.edit('samconfig.toml', '["Stage=local"', '["Stage=local", "LogRetentionDays=30"');
    },
    changes: {
      ...Object.fromEntries(
        functionNames.map((name) => [`resource ${logicalId(name)}Logs changed`, ['config: RetentionInDays 14 → 30']]),
      ),
      'resource LogRetentionDays changed': ['parameter: 14 → 30'],
    },
  },
  {
    edit: 'a function more',
    make: addInvoices,
    changes: { 'function invoices new': isNew },
  },
  {
    edit: 'a function less',
    make: (clone) => {
      clone.remove('functions/processor');
      clone.edit('template.yaml', / {2}# --- processor[^]*?(?= {2}# --- notifications)/, '');
      clone.edit('template.yaml', / {2}ProcessorDeadLettersUrl:[^]*/, '');
    },
    changes: {
      'function processor removed': isRemoved,
      'resource ProcessorDeadLetters removed': isRemoved,
      'resource ProcessorLogs removed': isRemoved,
      'resource ProcessorDeadLettersUrl removed': isRemoved,
    },
  },
  {
    edit: 'the name of a function: folder, logical id and name in Lambda',
    make: (clone) => {
      clone.move('functions/processor', 'functions/worker');
      clone.edit('template.yaml', '  Processor:\n', '  Worker:\n');
      clone.edit(
        'template.yaml',
        '${App}-processor-${Stage}\n      Description',
        '${App}-worker-${Stage}\n      Description',
      );
      clone.edit('template.yaml', 'functions/processor/', 'functions/worker/');
    },
    changes: { 'function worker new': isNew, 'function processor removed': isRemoved },
  },
  {
    edit: 'the target that one function is built for',
    make: retarget,
    changes: { 'function users changed': ['build: Target node24 → es2017'] },
  },
  {
    edit: 'an output more',
    make: (clone) => {
      clone.append('template.yaml', '  HealthName:\n    Value: !Ref Health\n');
    },
    changes: { 'resource HealthName new': isNew },
  },
];

describe('after a deploy', () => {
  const stage = useStage();
  afterEach(() => {
    stage().clone.git('reset', '--quiet', '--soft', first);
    stage().clone.reset();
  });
  let first = '';
  beforeAll(() => {
    first = stage().clone.git('rev-parse', 'HEAD').trim();
  });

  const changesOf = (plan: Plan): Changes =>
    Object.fromEntries(
      plan.items
        .filter(({ change }) => change !== 'unchanged')
        .map(({ kind, name, change, reasons }) => [
          `${kind} ${name} ${change}`,
          reasons.map((reason) => `${reason.kind}: ${reason.detail}`),
        ]),
    );

  it.each([...code, ...template])(
    'the plan for $edit names what it reaches, and why',
    async ({ make, changes, chains = {} }) => {
      const { clone } = stage();
      make(clone);

      const plan = await aviaryJson<Plan>(clone.root, ['plan']);

      expect(changesOf(plan)).toEqual(changes);
      for (const [name, chain] of Object.entries(chains)) {
        const explanation = await aviaryJson<Explanation>(clone.root, ['explain', name]);
        const item = plan.items.find((it) => it.kind === 'function' && it.name === name);
        expect(explanation).toMatchObject({ change: item?.change, running: item?.running, release: item?.release });
        expect(explanation.reasons.map(({ kind, detail }) => ({ kind, detail }))).toEqual(item?.reasons);
        expect(explanation.reasons[0]?.chain).toEqual(chain);
      }
    },
  );

  describe('and a further deploy of', () => {
    /** Deploys an edit for real. @returns what the plan said, and what Lambda has published */
    async function ship(edit: (clone: Clone) => void): Promise<{ changes: Changes; before: Running; after: Running }> {
      const { clone } = stage();
      edit(clone);
      const before = await stage().running();
      const { plan } = await stage().deploy();
      clone.commit('Deployed');
      const after = await stage().running();
      const left = await aviaryJson<Plan>(clone.root, ['plan']);
      expect(changesOf(left)).toEqual({});
      return { changes: changesOf(plan), before, after };
    }
    const dependencies = ({ layers }: RunningFunction): string | undefined =>
      layers.find((arn) => arn.includes(':aviary-dependencies-local:'));

    beforeAll(() => {
      stage().clone.reset();
    });
    afterEach(() => {
      first = stage().clone.git('rev-parse', 'HEAD').trim();
    });

    it('a package that one function alone starts to use, then of its next version, moves that function', async () => {
      const { clone } = stage();
      const added = await ship(() => {
        clone.write(`layers/dependencies/src/${single}.ts`, `export { distance } from '${single}';\n`);
        clone.edit('functions/users/get-user.ts', 'status: 200', "status: 199 + distance('a', 'b')");
        clone.edit('functions/users/get-user.ts', /^/, `import { distance } from '${single}';\n`);
      });
      const bumped = await ship(() => {
        clone.bump(single, '1.99.0', 'esm/mod.js', 'return a.length', 'return 0 + a.length');
      });

      expect(added.changes).toEqual({
        'layer dependencies changed': [
          `code: layers/dependencies/src/${single}.ts`,
          `dependency: ${single} added: 1.0.16`,
        ],
        'function users changed': [
          'code: functions/users/get-user.ts',
          `dependency: ${single} added: 1.0.16`,
          'layer: dependencies',
        ],
      });
      expect(bumped.changes).toEqual({
        'layer dependencies changed': [`dependency: ${single} 1.0.16 → 1.99.0`],
        'function users changed': [`dependency: ${single} 1.0.16 → 1.99.0`, 'layer: dependencies'],
      });
      for (const { before, after } of [added, bumped]) {
        expect(published(before, after)).toEqual({ users: [after.users.version] });
        expect(dependencies(after.users)).not.toBe(dependencies(before.users));
        expect(without(after, 'users')).toEqual(without(before, 'users'));
      }
      expect(bumped.after.users.codeSha256).toBe(bumped.before.users.codeSha256);
    });

    it('a value that comes through a parameter publishes the function that has it', async () => {
      const { clone } = stage();
      await ship(() => {
        clone.edit(
          'template.yaml',
          'Parameters:\n',
          'Parameters:\n  Greeting:\n    Type: String\n    Default: hello\n',
        );
        clone.edit('template.yaml', 'SERVICE_NAME: users', 'SERVICE_NAME: users\n          GREETING: !Ref Greeting');
      });

      const { changes, before, after } = await ship(() => {
        clone.edit('samconfig.toml', '["Stage=local"', '["Stage=local", "Greeting=good day"');
      });

      expect(changes).toEqual({
        'function users changed': ['config: Environment.Variables.GREETING hello → good day'],
        'resource Greeting changed': ['parameter: hello → good day'],
      });
      expect(published(before, after)).toEqual({ users: [after.users.version] });
      expect(after.users.environment['GREETING']).toBe('good day');
      expect(without(after, 'users')).toEqual(without(before, 'users'));
    });

    it('a queue builds and publishes no function', async () => {
      const { clone } = stage();

      const { before, after } = await ship(() => {
        clone.edit('template.yaml', 'MessageRetentionPeriod: 1209600', 'MessageRetentionPeriod: 604800');
      });

      expect(readdirSync(join(clone.root, '.aviary/deploy/local/build'))).toEqual(['template.yaml']);
      expect(after).toEqual(before);
    });

    it('another target of one function ships other bytes of that one alone', async () => {
      const { before, after } = await ship(retarget);

      expect(published(before, after)).toEqual({ users: [after.users.version] });
      expect(after.users.codeSha256).not.toBe(before.users.codeSha256);
    });

    it('a function more makes that one and leaves the others', async () => {
      const { clone, lambda } = stage();

      const { before, after } = await ship(addInvoices);

      const made = await lambda.send(new InvokeCommand({ FunctionName: 'aviary-invoices-local', Qualifier: 'live' }));
      expect(made.Payload?.transformToString()).toBe('"invoices"');
      expect(readdirSync(join(clone.root, '.aviary/deploy/local/build')).sort()).toEqual(['Invoices', 'template.yaml']);
      expect(after).toEqual(before);
    });

    it('a function less takes that one and leaves the others', async () => {
      const { clone, lambda } = stage();

      const { before, after } = await ship(() => {
        clone.remove('functions/invoices');
        clone.edit('template.yaml', invoices, '');
      });

      const gone = lambda.send(new InvokeCommand({ FunctionName: 'aviary-invoices-local' }));
      await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
      expect(after).toEqual(before);
    });
  });
});
