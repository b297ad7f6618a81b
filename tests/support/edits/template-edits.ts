// Needs the sample domain, and goes with it: aviary begin.
import { functionNames, logicalId } from '../aviary-stage.ts';
import type { Clone } from '../clone.ts';
import { each, isNew, isRemoved, nothing, type Case } from './edit-case.ts';

const tableRenamed = /^config: the name of Data\.Outputs\.TableArn .*aviary-main-local → .*aviary-table-local$/;

/** The block of a function more. */
export const invoices = `
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

/** Adds a function that is not there, which answers with its name. */
export const addInvoices = (clone: Clone): void => {
  clone.write('functions/invoices/handler.ts', "export const handler = async () => 'invoices';\n");
  clone.edit('template.yaml', /\nOutputs:/, `${invoices}\nOutputs:`);
};

/** Has the bundle of `users` made for an older JavaScript. */
export const retarget = (clone: Clone): void => {
  const users = /\n {2}Users:[^]*?Target: node24/;
  const block = users.exec(clone.read('template.yaml'))?.[0] ?? '';
  clone.edit('template.yaml', users, block.replace('node24', 'es2017'));
};

/** Edits of template.yaml, of what it nests, and of samconfig.toml. */
export const templateEdits: readonly Case[] = [
  {
    edit: 'the memory of one function',
    make: (clone: Clone): void => {
      clone.edit(
        'template.yaml',
        'CodeUri: functions/processor/',
        'CodeUri: functions/processor/\n      MemorySize: 1024',
      );
    },
    changes: { 'function processor changed': ['config: MemorySize 256 → 1024'] },
  },
  {
    edit: 'the memory of every function of the stage, in Globals',
    make: (clone: Clone): void => {
      clone.edit('template.yaml', '512, 256]', '512, 320]');
    },
    changes: each(functionNames, ['config: MemorySize 256 → 320']),
  },
  {
    edit: 'the memory of another stage',
    make: (clone: Clone): void => {
      clone.edit('template.yaml', '512, 256]', '1024, 256]');
    },
    changes: nothing,
  },
  {
    edit: 'what Globals say of every function',
    make: (clone: Clone): void => {
      clone.edit('template.yaml', 'Timeout: 30', 'Timeout: 20');
    },
    changes: each(functionNames, ['config: Timeout 30 → 20']),
  },
  {
    edit: 'comments and quotes in the template',
    make: (clone: Clone): void => {
      clone.edit('template.yaml', 'Timeout: 30', 'Timeout: 30 # seconds');
      clone.edit('template.yaml', 'AutoPublishAlias: live', "AutoPublishAlias: 'live'");
    },
    changes: nothing,
  },
  {
    edit: 'a queue',
    make: (clone: Clone): void => {
      clone.edit('template.yaml', 'MessageRetentionPeriod: 1209600', 'MessageRetentionPeriod: 604800');
    },
    changes: { 'resource TableStreamDeadLetters changed': ['config: MessageRetentionPeriod 1209600 → 604800'] },
  },
  {
    edit: 'the template of a nested stack',
    make: (clone: Clone): void => {
      clone.edit('infra/data.yaml', 'PointInTimeRecoveryEnabled: true', 'PointInTimeRecoveryEnabled: false');
    },
    changes: { 'resource Data changed': ['content: infra/data.yaml'] },
  },
  {
    edit: 'a comment in the template of a nested stack',
    make: (clone: Clone): void => {
      clone.append('infra/data.yaml', '# The end.\n');
    },
    changes: nothing,
  },
  {
    edit: 'the table in the nested stack, by which most functions find it',
    make: (clone: Clone): void => {
      clone.edit('infra/data.yaml', 'TableName: !Sub ${App}-main-${Stage}', 'TableName: !Sub ${App}-table-${Stage}');
    },
    changes: {
      'resource Data changed': ['content: infra/data.yaml'],
      ...each(
        functionNames.filter(
          (name) => !['authorizer', 'processor', 'secret-rotation', 'security-events', 'traffic-hook'].includes(name),
        ),
        [expect.stringMatching(tableRenamed) as string],
      ),
    },
  },
  {
    edit: 'the name of a queue that a function refers to',
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
      clone.append('template.yaml', '  HealthName:\n    Value: !Ref Health\n');
    },
    changes: { 'resource HealthName new': isNew },
  },
];
