// Needs the sample domain, and goes with it: aviary begin.
import { functionNames } from '../aviary-stage.ts';
import type { Clone } from '../clone.ts';
import { each, nothing, type Case } from './edit-case.ts';

/** Edits of what functions and layers are made of. */
export const codeEdits: readonly Case[] = [
  { edit: 'nothing', make: (): void => undefined, changes: nothing },
  {
    edit: 'a file of a function',
    make: (clone: Clone): void => {
      clone.edit('functions/users/get-user.ts', 'status: 200', 'status: 203');
    },
    changes: { 'function users changed': ['code: functions/users/get-user.ts'] },
    chains: {
      users: ['functions/users/handler.ts', 'functions/users/routes.ts', 'functions/users/get-user.ts'],
    },
  },
  {
    edit: 'comments in a function, in a shared module and in an entry of the dependencies layer',
    make: (clone: Clone): void => {
      clone.append('functions/users/get-user.ts', '\n// A comment.\n');
      clone.append('layers/shared/src/http/respond.ts', '\n/* Another. */\n');
      clone.append('layers/dependencies/src/zod.ts', '\n// A third.\n');
    },
    changes: nothing,
  },
  {
    edit: 'a test, a sample event and the documents',
    make: (clone: Clone): void => {
      clone.append('tests/unit/functions/users/users-api.test.ts', "\nit.todo('does more');\n");
      clone.edit('functions/users/events/create-user.json', 'Ada Lovelace', 'Grace Hopper');
      clone.write('README.md', '# Another title\n');
      clone.write('docs/another.md', '# Another page\n');
    },
    changes: nothing,
  },
  {
    edit: 'nothing but the commit',
    make: (clone: Clone): void => void clone.commit('Another commit'),
    changes: nothing,
  },
  {
    edit: "the name of a function's file",
    make: (clone: Clone): void => {
      clone.move('functions/users/get-user.ts', 'functions/users/read-user.ts');
      clone.edit('functions/users/routes.ts', './get-user.ts', './read-user.ts');
    },
    changes: nothing,
  },
  {
    edit: 'a shared module that one function alone reaches',
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
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
    make: (clone: Clone): void => {
      clone.append('layers/shared/src/http/respond.ts', '\nexport const unused = (): string => "unused";\n');
      clone.append('functions/users/get-user.ts', '\nexport const unused = (): string => "unused";\n');
      clone.edit('layers/dependencies/src/zod.ts', 'email,', 'date, email,');
    },
    changes: nothing,
  },
  {
    edit: 'the version of a package that all functions reach',
    make: (clone: Clone): void => {
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
