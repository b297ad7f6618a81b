// Needs the sample domain, and goes with it: aviary begin.
import { CloudFormationClient, CreateStackCommand, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import type { RegionStatuses } from '../../tools/regions/compare-regions.ts';
import type { RegionOutcome } from '../../tools/regions/deploy-regions.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { functionNames, published, useStage, type Running } from '../support/aviary-stage.ts';
import { keysIn, namesInCloud } from '../support/names-in-cloud.ts';

const [home, second, third] = ['eu-west-1', 'us-east-1', 'eu-central-1'];
const bucket = `aviary-artifacts-local-000000000000-${second}`;

describe('a stage in several regions', () => {
  const stage = useStage();
  const deploy = async (...regions: string[]): Promise<{ code: number | null; outcomes: RegionOutcome[] }> => {
    const args = ['deploy', '--regions', regions.join(','), '--json'];
    const { code, stdout } = await aviary(stage().clone.root, args);
    return { code, outcomes: (JSON.parse(stdout) as { regions: RegionOutcome[] }).regions };
  };
  const status = async (): Promise<RegionStatuses> =>
    await aviaryJson<RegionStatuses>(stage().clone.root, ['status', '--regions', `${home},${second}`]);
  const namesIn = async (region: string) => await namesInCloud({ ...stage().client, region });
  const StackName = 'aviary-local';

  describe('where the second region refuses', () => {
    let before: Running;
    let failed: Awaited<ReturnType<typeof deploy>>;

    beforeAll(async () => {
      // A stack of that name which Aviary did not write.
      const elsewhere = new CloudFormationClient({ ...stage().client, region: second });
      const TemplateBody = JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } });
      await elsewhere.send(new CreateStackCommand({ StackName, TemplateBody }));
      before = await stage().running();
      stage().clone.edit('functions/users/list-users.ts', /status: 200/g, 'status: 203');
      failed = await deploy(home, second, third);
      await elsewhere.send(new DeleteStackCommand({ StackName }));
      elsewhere.destroy();
    });

    it('has what changed in the first, says why not in the second, and does not begin the third', async () => {
      expect(failed.outcomes.map(({ region, state }) => `${region} ${state}`)).toEqual([
        `${home} has it`,
        `${second} failed`,
        `${third} not begun`,
      ]);
      expect(failed.outcomes[1]?.problem).toContain('Aviary did not write the template of the stack aviary-local');
      expect(failed.code).toBe(1);
      expect(Object.keys(published(before, await stage().running()))).toEqual(['users']);
      expect((await namesIn(third))['functions']).toEqual([]);
    });

    it('is shown side by side', async () => {
      const { regions, differing } = await status();

      expect(regions.map(({ region, state }) => [region, state])).toEqual([
        [home, 'UPDATE_COMPLETE'],
        [second, null],
      ]);
      expect([...differing].sort()).toEqual(functionNames);
    });
  });

  describe('where it takes it then', () => {
    let before: Running;
    let done: Awaited<ReturnType<typeof deploy>>;

    beforeAll(async () => {
      before = await stage().running();
      done = await deploy(home, second);
    });

    it('moves the second alone', async () => {
      expect(done.outcomes.map(({ state, result }) => [state, result?.deployed])).toEqual([
        ['has it', false],
        ['has it', true],
      ]);
      expect(done.code).toBe(0);
      await expect(stage().running()).resolves.toEqual(before);
    });

    it('runs the same in both, from buckets of their own', async () => {
      const { regions, differing } = await status();

      expect(differing).toEqual([]);
      expect(regions.map(({ functions }) => functions.map(({ agrees }) => agrees))).toEqual([
        functionNames.map(() => true),
        functionNames.map(() => true),
      ]);
      expect((await keysIn({ ...stage().client, region: second }, bucket)).length).toBeGreaterThan(0);
    });

    it('is one region of several to every other command', async () => {
      const { items } = await aviaryJson<{ items: { change: string }[] }>(stage().clone.root, [
        ...['plan', '--region', second],
      ]);

      expect(items.filter(({ change }) => change !== 'unchanged')).toEqual([]);
    });
  });

  it.each([
    [['deploy', '--regions', 'Ireland'], '"Ireland" is no region.'],
    [['deploy', '--regions', `${home},${home}`], '--regions has eu-west-1 twice.'],
    [['deploy', '--regions', home, '--plan', 'plan.json'], 'A plan'],
    [['status', '--regions', ''], '"" is no region.'],
  ])('%j says why it is refused', async (args, why) => {
    const { code, stdout, stderr } = await aviary(stage().clone.root, args);

    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(why);
  });
});
