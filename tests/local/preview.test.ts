// Needs the sample domain, and goes with it: aviary begin.
import { CreateStackCommand, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Preview } from '../../tools/preview/preview.ts';
import type { Swept } from '../../tools/preview/sweep-previews.ts';
import type { DeployResult } from '../../tools/stack/deploy-stage.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { functionNames, useStage, type Running } from '../support/aviary-stage.ts';
import { keysIn, namesInCloud } from '../support/names-in-cloud.ts';

type Up = Preview & { readonly deploy: DeployResult };

const dayMs = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10);
const bucket = 'aviary-artifacts-preview-000000000000';

describe('aviary preview', () => {
  const stage = useStage();
  const json = async <T>(...args: string[]): Promise<T> =>
    await aviaryJson<T>(stage().clone.root, ['preview', ...args, '--local']);
  const said = async (...args: string[]) => await aviary(stage().clone.root, ['preview', ...args, '--local']);
  /** Names in the local cloud that end as those of a preview do, or begin so. */
  const namesOf = async (name: string): Promise<string[]> => {
    const all = Object.values(await namesInCloud(stage().client)).flat();
    return all.filter((it) => new RegExp(`(^|[-/:])${name}($|[-/])`).test(it));
  };
  let before: Running;
  let up: Up;

  beforeAll(async () => {
    before = await stage().running();
    up = await json<Up>('up', '--name', 'pr-1');
  });

  it('has every function, beside those of the local stage', async () => {
    const { functions } = await namesInCloud(stage().client);

    expect(functions).toEqual(expect.arrayContaining(functionNames.map((name) => `aviary-${name}-pr-1`)));
    expect(up.deploy.functions.map(({ name }) => name).sort()).toEqual(functionNames);
  });

  it('answers at an address of its own', async () => {
    const answer = await fetch(`${up.url ?? ''}/health`);

    expect(up.url).toMatch(/\/pr-1$/);
    expect(answer.status).toBe(200);
    expect(up.deploy.health?.ok).toBe(true);
  });

  it('knows who calls by a key of its own', async () => {
    const answer = await fetch(`${up.url ?? ''}/users`);

    expect(answer.status).toBe(401);
  });

  it('touches nothing of the local stage', async () => {
    await expect(stage().running()).resolves.toEqual(before);
    expect((await fetch(`${await stage().apiUrl()}/health`)).status).toBe(200);
  });

  it('keeps its artifacts in a place of its own in a bucket that previews share', async () => {
    const keys = await keysIn(stage().client, bucket);

    expect(keys.length).toBeGreaterThan(0);
    expect(keys.filter((key) => !key.startsWith('pr-1/'))).toEqual([]);
  });

  it('is there for three days, and is kept longer by another up, which deploys nothing', async () => {
    const again = await json<Up>('up', '--name', 'pr-1', '--days', '5');
    const previews = await json<Preview[]>('list');

    expect(up.expires).toBe(inDays(3));
    expect(again.deploy.deployed).toBe(false);
    expect(previews).toMatchObject([
      { name: 'pr-1', stackName: 'aviary-preview-pr-1', expires: inDays(5), url: up.url },
    ]);
  });

  describe('sweep', () => {
    const past = { Key: 'expires', Value: '2020-01-01' };
    const none = { Topic: { Type: 'AWS::SNS::Topic' } };
    const ours = { Aviary: { version: 1, stage: 'pr-2', commit: 'none', parameters: {} } };
    const make = async (StackName: string, Metadata: object = ours): Promise<void> => {
      const TemplateBody = JSON.stringify({ Metadata, Resources: none });
      await stage().cloudFormation.send(new CreateStackCommand({ StackName, TemplateBody, Tags: [past] }));
    };
    const stays = ['aviary-preview-pr-1', 'aviary-preview-pr-3', 'aviary-preview-pr-4x', 'other-preview-pr-5'];

    beforeAll(async () => {
      await make('aviary-preview-pr-2');
      await make('aviary-preview-pr-3', {});
      await make('aviary-preview-pr-4x');
      await make('other-preview-pr-5');
    });
    afterAll(async () => {
      for (const StackName of stays.slice(1)) await stage().cloudFormation.send(new DeleteStackCommand({ StackName }));
    });

    it('shows what has expired, and removes nothing', async () => {
      const previews = await json<Preview[]>('sweep');

      expect(previews.map(({ name }) => name)).toEqual(['pr-2', 'pr-3']);
      expect(await namesOf('pr-2')).not.toEqual([]);
    });

    it('removes what has expired and nothing else, and names what it could not remove', async () => {
      const { code, stdout } = await said('sweep', '--yes', '--json');
      const swept = JSON.parse(stdout) as Swept[];
      const { stacks = [] } = await namesInCloud(stage().client);

      expect(swept).toEqual([
        { name: 'pr-2', problem: null },
        { name: 'pr-3', problem: expect.stringContaining('Aviary did not write the template') as string },
      ]);
      expect(code).toBe(1);
      expect(stacks).not.toContain('aviary-preview-pr-2');
      expect(stacks).toEqual(expect.arrayContaining(stays));
    });
  });

  describe('down', () => {
    let code: number | null;
    beforeAll(async () => {
      ({ code } = await said('down', '--name', 'pr-1'));
    });

    it('leaves nothing of it: no stack, table, layer, log group, object or whatever else has its name', async () => {
      expect(code).toBe(0);
      expect(await namesOf('pr-1')).toEqual([]);
      expect(await keysIn(stage().client, bucket)).toEqual([]);
      await expect(
        stage().cloudFormation.send(new DescribeStacksCommand({ StackName: 'aviary-preview-pr-1' })),
      ).rejects.toThrow('does not exist');
    });

    it('leaves the local stage alone', async () => {
      await expect(stage().running()).resolves.toEqual(before);
    });

    it('says so where there is none', async () => {
      await expect(said('down', '--name', 'pr-1')).resolves.toMatchObject({
        code: 0,
        stdout: 'There is no preview pr-1.\n',
      });
    });
  });

  it.each([
    [['up'], 'Which preview?'],
    [['up', '--name', 'staging'], 'staging is no name of a preview.'],
    [['down', '--name', 'local'], 'local is no name of a preview.'],
    [['down', '--name', 'pr-0'], 'pr-0 is no name of a preview.'],
    [['down', '--name', 'pr-1-Data'], 'pr-1-Data is no name of a preview.'],
    [['up', '--name', 'pr-1', '--days', '31'], '--days 31 is no number that it takes.'],
    [['away'], 'What should be done with previews?'],
  ])('%j says why it is refused', async (args, why) => {
    const { code, stdout, stderr } = await said(...args);

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(why);
  });
});
