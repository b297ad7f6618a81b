import { CreateStackCommand, DeleteStackCommand, waitUntilStackCreateComplete } from '@aws-sdk/client-cloudformation';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { join } from 'node:path';
import { aviary, type Outcome } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';

const stackName = 'aviary-bootstrap-local';

describe('aviary notify', () => {
  const stage = useStage({ deployed: false });
  const notify = (...args: string[]): Promise<Outcome> => aviary(stage().clone.root, ['notify', ...args]);

  it('tells on stdout alone where the stage has no topic', async () => {
    const { code, stdout, stderr } = await notify('--result', 'failure', '--reason', 'Urgent');

    expect(stdout).toContain('### local deploy FAILED');
    expect(stdout).toContain('Reason: Urgent');
    expect(stderr).toContain('local has no topic for deployments');
    expect(code).toBe(0);
  });

  it.each([
    [['--result', 'maybe'], '--result maybe is no result.'],
    [[], '--result is missing.'],
  ])('refuses %j', async (args, said) => {
    const { code, stderr } = await notify(...args);

    expect(stderr).toContain(said);
    expect(code).toBe(2);
  });

  it('refuses a plan that cannot be read', async () => {
    stage().clone.write('.aviary/plan.json', '{"version":9}');

    const { code, stderr } = await notify('--result', 'success', '--plan', join('.aviary', 'plan.json'));

    expect(stderr).toContain('is a plan of version 9');
    expect(code).toBe(2);
  });

  describe('where bootstrap has made the topic', () => {
    let queueUrl: string | undefined;
    let sqs: SQSClient;

    // The stack that bootstrap makes, as far as notify reads it: the output that names the topic.
    beforeAll(async () => {
      const sns = new SNSClient(stage().client);
      sqs = new SQSClient(stage().client);
      const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'aviary-deployments-local' }));
      ({ QueueUrl: queueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'reader' })));
      const asked = new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] });
      const { Attributes: { QueueArn: arn } = {} } = await sqs.send(asked);
      await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: arn }));
      const template = {
        Resources: { Nothing: { Type: 'AWS::CloudFormation::WaitConditionHandle' } },
        Outputs: { DeploymentTopicArn: { Value: TopicArn } },
      };
      const client = stage().cloudFormation;
      await client.send(new CreateStackCommand({ StackName: stackName, TemplateBody: JSON.stringify(template) }));
      await waitUntilStackCreateComplete(
        { client, maxWaitTime: 60, minDelay: 1, maxDelay: 1 },
        { StackName: stackName },
      );
      sns.destroy();
    });
    afterAll(async () => {
      await stage().cloudFormation.send(new DeleteStackCommand({ StackName: stackName }));
      sqs.destroy();
    });

    it('tells the topic', async () => {
      const { code } = await notify('--result', 'success', '--run', 'https://github.com/birds/aviary/actions/runs/1');
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl, WaitTimeSeconds: 10 }));
      const [body] = Messages.map(({ Body = '{}' }) => JSON.parse(Body) as { Subject: string; Message: string });

      expect(body?.Subject).toBe('local deployed');
      expect(body?.Message).toContain('https://github.com/birds/aviary/actions/runs/1');
      expect(code).toBe(0);
    });
  });
});
