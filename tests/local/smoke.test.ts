// Needs the sample domain, and goes with it: aviary begin.
import { UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Drift } from '../../tools/drift/read-drift.ts';
import type { SmokeResult } from '../../tools/smoke/smoke-stage.ts';
import { aviary, type Outcome } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';

describe('after a deploy', () => {
  const stage = useStage();
  const call = (...args: string[]): Promise<Outcome> => aviary(stage().clone.root, args);

  it('smoke finds it well, also by the tests that write', async () => {
    const { code, stdout, stderr } = await call('smoke', '--write', '--json');

    expect(stderr).toContain('3 passed');
    expect(JSON.parse(stdout)).toMatchObject({ stage: 'local', answers: true, functions: [], tests: true });
    expect(code).toBe(0);
  });

  it('drift finds none, and tells what is not deployed yet', async () => {
    stage().clone.edit('functions/users/list-users.ts', /status: 200/g, 'status: 203');
    stage().clone.commit('Answer 203');

    const { code, stdout } = await call('drift');

    expect(stdout).toContain('## local: runs what its stack says');
    expect(stdout).toContain('`users`');
    expect(code).toBe(0);
  });

  it('CloudFormation finds none either', async () => {
    const { code, stdout } = await call('drift', '--cloudformation', '--json');

    expect((JSON.parse(stdout) as Drift).resources).toEqual([]);
    expect(code).toBe(0);
  });

  describe('and an alias that was moved by hand', () => {
    beforeAll(async () => {
      await stage().deploy();
      const FunctionName = 'aviary-users-local';
      await stage().lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: '1' }));
    });

    it('drift says which function runs what', async () => {
      const { code, stdout } = await call('drift', '--json');
      const { functions, behind } = JSON.parse(stdout) as Drift;

      expect(functions).toEqual([
        {
          name: 'users',
          problem: expect.stringMatching(/^live runs [0-9a-f]{12}, the stack says [0-9a-f]{12}$/) as string,
        },
      ]);
      expect(behind).toEqual([]);
      expect(code).toBe(1);
    });

    it('CloudFormation says which property of a queue was changed by hand', async () => {
      const queues = new SQSClient(stage().client);
      const { QueueUrl } = await queues.send(new GetQueueUrlCommand({ QueueName: 'aviary-processor-dlq-local' }));
      await queues.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '31' } }));
      queues.destroy();

      const { stdout } = await call('drift', '--cloudformation');

      expect(stdout).toContain(
        '- `ProcessorDeadLetters` (AWS::SQS::Queue, in aviary-local) is MODIFIED: `/VisibilityTimeout`',
      );
    });

    it('smoke finds it not well', async () => {
      const { code, stdout } = await call('smoke', '--json');
      const { functions, health } = JSON.parse(stdout) as SmokeResult;

      expect(functions.map(({ name }) => name)).toEqual(['users']);
      expect(health?.ok).toBe(true);
      expect(code).toBe(1);
    });
  });
});
