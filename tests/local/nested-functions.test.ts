// Needs the sample domain, and goes with it: aviary begin.
import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { join } from 'node:path';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import type { Plan } from '../../tools/plan/plan.ts';
import type { Prunable } from '../../tools/prune/choose-prunable.ts';
import type { RollbackResult } from '../../tools/rollback/roll-back.ts';
import type { DeployResult } from '../../tools/stack/deploy-stage.ts';
import type { Status } from '../../tools/stack/read-status.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { logicalId, published, useStage, type Running } from '../support/aviary-stage.ts';
import { apiAt } from '../support/http.ts';
import { readDeadLetters } from '../support/runtime/read-dead-letters.ts';

const rule = 'functions/parcels/get-parcels.ts';

describe('functions of a domain, in a stack of their own', () => {
  const stage = useStage();
  const json = async <T>(...args: string[]): Promise<T> => await aviaryJson<T>(stage().clone.root, args);
  const answer = async (): Promise<number> => (await apiAt(await stage().apiUrl())('GET', '/parcels')).status;
  const inDomain = (name: string, domain: string): void => {
    const head = `  ${logicalId(name)}:\n    Type: AWS::Serverless::Function\n    Metadata:\n`;
    stage().clone.edit('template.yaml', head, `${head}      Aviary:\n        Domain: ${domain}\n`);
  };
  const add = async (name: string, ...args: string[]): Promise<void> => {
    await json('new', 'function', name, '--trigger', ...args);
    inDomain(name, 'shipping');
  };
  const versionOf = async (name: string): Promise<string | null | undefined> => {
    const { functions } = await json<Status>('status');
    return functions.find((it) => it.name === name)?.version;
  };
  const moving = async (): Promise<string[]> => {
    const { items } = await json<Plan>('plan');
    return items.filter(({ change }) => change !== 'unchanged').map(({ name, change }) => `${name} ${change}`);
  };
  const inStack = async (StackName: string): Promise<Map<string, string>> => {
    const found = new Map<string, string>();
    for await (const page of paginateListStackResources({ client: stage().cloudFormation }, { StackName })) {
      for (const { LogicalResourceId: id = '', PhysicalResourceId = '' } of page.StackResourceSummaries ?? []) {
        found.set(id, PhysicalResourceId);
      }
    }
    return found;
  };
  const inNested = async (id: string): Promise<string[]> => {
    const nested = (await inStack('aviary-local')).get(id) ?? '';
    return [...(await inStack(nested)).keys()];
  };
  let before: Running;
  beforeAll(async () => {
    before = await stage().running();
    await add('parcels', 'api');
    await add('labels', 'sqs');
    stage().clone.commit('Add two functions');
    await stage().deploy();
  });

  it('publishes no version of a function that was there, but of those that are generated from all functions', async () => {
    expect(Object.keys(published(before, await stage().running()))).toEqual(['github-webhook', 'traffic-hook']);
  });

  it('makes them, with what is theirs, in nested stacks', async () => {
    const root = await inStack('aviary-local');

    expect([...root.keys()].filter((id) => /Parcels|Labels/.test(id))).toEqual([]);
    await expect(inNested('ShippingDomain')).resolves.toEqual(
      expect.arrayContaining(['Parcels', 'Labels', 'LabelsQueue', 'LabelsDeadLetters']),
    );
    await expect(inNested('ShippingDomainLogs')).resolves.toEqual(['LabelsLogs', 'ParcelsLogs']);
  });

  it('answers a route', async () => {
    await expect(answer()).resolves.toBe(200);
  });

  it('is given what is in its queue, and parks what can never be handled', async () => {
    const sqs = new SQSClient(stage().client);
    const urlOf = async (QueueName: string): Promise<string> =>
      (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl ?? '';
    const MessageBody = '{"schemaVersion":1,"id":""}';
    await sqs.send(new SendMessageCommand({ QueueUrl: await urlOf('aviary-labels-local'), MessageBody }));

    const parked = await readDeadLetters(sqs, await urlOf('aviary-labels-dlq-local'));

    sqs.destroy();
    expect(parked.map(({ body }) => body.toString())).toEqual([MessageBody]);
  });

  it('is all that the tree asks for', async () => {
    await expect(moving()).resolves.toEqual([]);
    const { functions } = await json<Status>('status');

    expect(functions.filter(({ agrees }) => !agrees)).toEqual([]);
    expect(functions.map(({ name }) => name)).toEqual(expect.arrayContaining(['labels', 'parcels']));
  });

  it('stays where it is when it is given a domain later, and the plan says so', async () => {
    inDomain('users', 'people');
    const { stderr } = await aviary(stage().clone.root, ['plan']);

    expect(stderr).toContain('users stays in the root, where it is deployed');
    await expect(moving()).resolves.toEqual([]);
    stage().clone.edit('template.yaml', '      Aviary:\n        Domain: people\n', '');
  });

  describe('one of which was changed', () => {
    let first: Running, second: Running, moved: DeployResult['functions'];
    beforeAll(async () => {
      first = await stage().running();
      stage().clone.edit(rule, 'status: 200', 'status: 203');
      stage().clone.commit('Answer 203');
      ({ functions: moved } = await stage().deploy());
      second = await stage().running();
    });

    it('is the only one that moves', async () => {
      expect(moved.map(({ name }) => name)).toEqual(['parcels']);
      expect(second).toEqual(first);
      await expect(answer()).resolves.toBe(203);
      await expect(versionOf('labels')).resolves.toBe('1');
      await expect(versionOf('parcels')).resolves.toBe('2');
    });

    it('is the only one that sam build was given', () => {
      const template = readTemplate(join(stage().clone.root, '.aviary/deploy/local/build/template.yaml'));
      const functions = Object.entries(objectAt(template, 'Resources')).filter(
        ([, block]) => stringAt(block, 'Type') === 'AWS::Serverless::Function',
      );

      expect(functions.map(([id]) => id)).toEqual(['Parcels']);
    });

    it('goes back', async () => {
      const result = await json<RollbackResult>('rollback', 'parcels');

      expect(result.functions).toMatchObject([{ name: 'parcels', version: '1' }]);
      await expect(answer()).resolves.toBe(200);
      await expect(moving()).resolves.toEqual(['parcels held']);
    });
  });

  describe('one of which was removed and another added, after all that nothing uses was pruned', () => {
    beforeAll(async () => {
      await json<Prunable>('prune', '--keep', '1', '--older-than', '0', '--yes');
      await json('remove', 'function', 'labels');
      await add('crates', 'schedule');
      stage().clone.edit(rule, 'status: 203', 'status: 206');
      await stage().deploy();
    });

    it('has the one, and not the other', async () => {
      const there = await inNested('ShippingDomain');

      expect(there).toEqual(expect.arrayContaining(['Parcels', 'Crates']));
      expect(there.filter((id) => id.startsWith('Labels'))).toEqual([]);
    });

    it('answers with the new code', async () => {
      await expect(answer()).resolves.toBe(206);
    });
  });
});
