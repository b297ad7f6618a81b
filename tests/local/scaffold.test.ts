import { InvokeCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkColdStart } from '../../tools/checks/check-cold-start.ts';
import { run } from '../../tools/lib/process.ts';
import { triggers } from '../../tools/scaffold/triggers.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import { inFull } from '../support/depth.ts';
import { apiAt } from '../support/http.ts';
import { eventually } from '../support/runtime/eventually.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';

interface Made {
  readonly name: string;
  readonly made: readonly string[];
  readonly changed: readonly string[];
  readonly generated: readonly string[];
  readonly toDo: readonly string[];
}

/** An API, a queue and a table's stream stand for the rest, of which each is made and removed in the same way. */
const chosen = inFull ? Object.keys(triggers) : ['api', 'sqs', 'dynamodb'];
const names = chosen.map((trigger) => [trigger, `new-${trigger}-thing`] as const);
const touched = [
  '.github/filters.yml',
  '.vscode/launch.json',
  '.vscode/tasks.json',
  'functions/github-webhook/filters.json',
  'functions/traffic-hook/checks.json',
  'infra/alarms.yaml',
  'infra/dashboards.yaml',
  'template.yaml',
];
const api = 'docs/openapi.yaml';

describe('aviary new function', () => {
  const stage = useStage({ deployed: false });
  const made = new Map<string, Made>();
  let before: readonly string[] = [];

  beforeAll(async () => {
    const { clone } = stage();
    before = [...touched, api].map((path) => clone.read(path));
    for (const [trigger, name] of names) {
      const path = trigger === 'api' ? ['--path', '/new-things/{id}'] : [];
      const args = ['new', 'function', name, '--trigger', trigger, ...path];
      made.set(name, await aviaryJson<Made>(clone.root, args));
    }
  });

  const node = (program: string, ...args: string[]): ReturnType<typeof run> => {
    const { clone } = stage();
    return run(process.execPath, [join(clone.root, 'node_modules', program), ...args], { cwd: clone.root });
  };
  const typescript = (): string[] => [...made.values()].flatMap((it) => it.made).filter((path) => path.endsWith('.ts'));

  it.each(names)('makes code, test and sample event for %s, and nothing is left to do', (trigger, name) => {
    const it = made.get(name);

    expect(it?.toDo).toEqual([]);
    const changed = trigger === 'api' ? [...touched, api] : touched;
    // The template is edited, and has generated parts.
    const written = new Set([...(it?.changed ?? []), ...(it?.generated ?? [])]);
    expect([...written].sort()).toEqual([...changed].sort());
    expect(it?.made).toEqual(
      expect.arrayContaining([
        `functions/${name}/dependencies.ts`,
        `functions/${name}/handler.ts`,
        `functions/${name}/schema.ts`,
        `functions/${name}/traffic-check.json`,
        expect.stringMatching(`^functions/${name}/events/.+\\.json$`),
        expect.stringMatching(`^tests/unit/functions/${name}/.+\\.test\\.ts$`),
      ]),
    );
    expect(stage().clone.read('template.yaml')).toContain(`# --- ${name}: `);
  });

  it('makes what compiles', async () => {
    const { clone } = stage();
    clone.write('tsconfig.made.json', JSON.stringify({ extends: './tsconfig.json', include: typescript() }));

    const { stdout } = await node('typescript/bin/tsc', '-p', 'tsconfig.made.json');

    clone.remove('tsconfig.made.json');
    expect(stdout).toBe('');
  });

  it('makes what lint and format take', async () => {
    const files = [...made.values()].flatMap((it) => it.made);

    const lint = await node('eslint/bin/eslint.js', '--max-warnings', '0', ...typescript());
    const format = await node('prettier/bin/prettier.cjs', '--check', 'template.yaml', ...files);

    expect([lint.stdout, format.code, format.stderr]).toEqual(['', 0, '']);
  });

  it('keeps every function within its budget of a start', async () => {
    await expect(checkColdStart(stage().clone.root)).resolves.toBe('');
  });

  it('makes tests that pass, and leaves the rules of the template kept', async () => {
    const paths = [
      ...names.map(([, name]) => `tests/unit/functions/${name}/`),
      'tests/template/template.test.ts',
      'tests/template/routes.test.ts',
      'tests/unit/tools/openapi/openapi.test.ts',
    ];

    const { code, stderr } = await node('jest/bin/jest.js', '--selectProjects', 'unit', '--testPathPatterns', ...paths);

    expect([code, stderr.slice(code === 0 ? -1 : -4_000)]).toEqual([0, '\n']);
    expect(stderr).toContain(`Test Suites: ${paths.length} passed`);
  });

  it('refuses a second one of the name, and changes nothing', async () => {
    const { clone } = stage();
    const template = clone.read('template.yaml');

    const { code, stderr } = await aviary(clone.root, ['new', 'function', 'new-sqs-thing', '--trigger', 'api']);

    expect([code, stderr]).toEqual([2, expect.stringContaining('functions/new-sqs-thing is there already.')]);
    expect(clone.read('template.yaml')).toBe(template);
  });

  it('says what it would make with --dry-run, and makes nothing', async () => {
    const { clone } = stage();
    const status = clone.git('status', '--porcelain');

    const { stdout } = await aviary(clone.root, ['new', 'function', 'other', '--trigger', 'sns', '--dry-run']);

    expect(stdout).toContain('functions/other/handler.ts');
    expect(clone.git('status', '--porcelain')).toBe(status);
  });

  describe('deployed as it is', () => {
    beforeAll(async () => {
      await stage().deploy();
    });

    it.each(names.filter(([trigger]) => trigger !== 'api'))(
      'takes its sample event from %s',
      async (_trigger, name) => {
        const { clone, lambda } = stage();
        const sample = made.get(name)?.made.find((path) => path.includes('/events/')) ?? '';
        const Payload = readFileSync(join(clone.root, sample));

        const FunctionName = `aviary-${name}-local`;
        const answer = await lambda.send(new InvokeCommand({ FunctionName, Qualifier: 'live', Payload }));

        expect(answer.FunctionError).toBeUndefined();
        expect(answer.Payload?.transformToString()).toMatch(/sample-1|2025-06-01|"batchItemFailures": ?\[\]/);
      },
    );

    it('answers its route, and refuses what its schema does', async () => {
      const api = apiAt(await stage().apiUrl());

      const found = await api<{ id: string }>('GET', '/new-things/t-1');
      const refused = await api('GET', '/new-things/t-1?other=1');

      expect([found.status, found.body.data.id]).toEqual([200, 't-1']);
      expect([refused.status, refused.body.error?.details?.[0]?.field]).toEqual([400, 'other']);
    });

    it('takes a message from its queue, and parks one that breaks the schema', async () => {
      const sqs = new SQSClient(stage().client);
      const QueueName = 'aviary-new-sqs-thing-local';
      const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName }));
      const waiting = async (): Promise<number> => {
        const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
        const { Attributes = {} } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
        );
        return AttributeNames.reduce((sum, name) => sum + Number(Attributes[name]), 0);
      };

      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"schemaVersion":1,"id":"m-1"}' }));
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"schemaVersion":1,"id":""}' }));

      // Gone without a failure, after which it would wait for the queue's 180 s.
      await expect(eventually(waiting, (it) => it === 0)).resolves.toBe(0);
      const dead = await sqs.send(new GetQueueUrlCommand({ QueueName: 'aviary-new-sqs-thing-dlq-local' }));
      const parked = await readDeadLetters(sqs, dead.QueueUrl ?? '');
      expect(parked).toMatchObject([{ cause: 'NOT_AN_EVENT', detail: 'id' }]);
      sqs.destroy();
    });
  });

  describe('and removed again', () => {
    it('is not, while git does not have it', async () => {
      const { clone } = stage();

      const { code, stderr } = await aviary(clone.root, ['remove', 'function', 'new-sqs-thing']);

      expect([code, stderr]).toEqual([2, expect.stringContaining('git does not have these')]);
      expect(clone.read('functions/new-sqs-thing/handler.ts')).toContain('createQueueHandler');
    });

    it('leaves every byte as it was before', async () => {
      const { clone } = stage();
      clone.commit('New functions');

      const said = [];
      for (const [, name] of names) said.push(await aviary(clone.root, ['remove', 'function', name]));

      expect(said.map(({ code, stderr }) => [code, stderr])).toEqual(names.map(() => [0, '']));
      expect(said[chosen.indexOf('dynamodb')]?.stdout).toContain(
        'It keeps, with their data, for somebody to delete by hand:\n  NewDynamodbThingTable',
      );
      expect([...touched, api].map((path) => clone.read(path))).toEqual(before);
      expect(clone.git('diff', 'HEAD~1', '--stat')).toBe('');
    });

    it('goes with the next deploy', async () => {
      await stage().deploy();

      const gone = stage().lambda.send(new InvokeCommand({ FunctionName: 'aviary-new-sqs-thing-local' }));

      await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
    });
  });

  it('refuses to remove what tests import, and names them', async () => {
    const { code, stderr } = await aviary(stage().clone.root, ['remove', 'function', 'github-webhook']);

    expect([code, stderr]).toEqual([2, expect.stringContaining('tests/support/runtime/a-webhook.ts')]);
  });
});
