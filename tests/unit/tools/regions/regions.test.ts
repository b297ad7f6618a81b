import { Failure } from '../../../../tools/lib/failure.ts';
import { deployRegions } from '../../../../tools/regions/deploy-regions.ts';
import { readRegions } from '../../../../tools/regions/read-regions.ts';
import { describeRegions } from '../../../../tools/report/describe-regions.ts';
import type { Connection } from '../../../../tools/stack/connection.ts';
import type { DeployResult } from '../../../../tools/stack/deploy-stage.ts';
import { localBucket } from '../../../../tools/stack/local-bucket.ts';
import { readStage } from '../../../../tools/template/read-stages.ts';
import { stageInRegion } from '../../../../tools/template/stage-in-region.ts';
import { repository } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const stage = readStage(repository, 'staging');
const connection: Connection = { root: repository, stage, endpoint: undefined };
const done = (ok: boolean): DeployResult => ({
  plan: {
    version: 2,
    stage: 'staging',
    commit: 'c',
    deployed: null,
    uniform: false,
    only: null,
    rebuild: false,
    items: [],
  },
  deployed: true,
  functions: [],
  uploads: [],
  outputs: {},
  health: { ok, url: 'https://a/health', release: undefined, problem: ok ? undefined : 'status 503' },
  took: { plan: 1, build: 1, deploy: 1, check: 1 },
});

describe('stageInRegion', () => {
  it('is the stage itself in its own region', () => {
    expect(stageInRegion(stage, 'eu-west-1')).toBe(stage);
  });

  it('has a bucket of its own elsewhere, and leaves what there is once to the first region', () => {
    const elsewhere = stageInRegion(stage, 'us-east-1');

    expect(elsewhere).toMatchObject({
      stackName: stage.stackName,
      region: 'us-east-1',
      parameters: { ...stage.parameters, HomeRegion: 'false' },
      config: { deploy: { parameters: { region: 'us-east-1' } } },
    });
    expect(localBucket('aviary', elsewhere)).toBe('aviary-artifacts-staging-000000000000-us-east-1');
  });
});

describe('readRegions', () => {
  it('keeps the order', () => {
    expect(readRegions('us-east-1, eu-west-1,ap-southeast-2,us-gov-west-1')).toEqual([
      'us-east-1',
      'eu-west-1',
      'ap-southeast-2',
      'us-gov-west-1',
    ]);
  });

  it.each(['', 'eu-west-1,', 'EU-WEST-1', 'eu-west', 'eu-west-1a'])('refuses %j', (text) => {
    expect(failureOf(() => readRegions(text)).problem).toMatch(/ is no region\.$/);
  });
});

describe('deployRegions', () => {
  const regions = ['eu-west-1', 'us-east-1', 'eu-central-1'];
  const outcomesOf = async (inSecond: () => Promise<DeployResult>) => {
    const asked: string[] = [];
    const outcomes = await deployRegions(connection, regions, async ({ stage: { region } }) => {
      asked.push(region);
      return region === 'us-east-1' ? await inSecond() : done(true);
    });
    return { asked, outcomes };
  };

  it('goes through all in their order', async () => {
    const { asked, outcomes } = await outcomesOf(() => Promise.resolve(done(true)));

    expect(asked).toEqual(regions);
    expect(outcomes.map(({ state }) => state)).toEqual(['has it', 'has it', 'has it']);
    expect(describeRegions('staging', outcomes)).not.toContain('go on');
  });

  it.each([
    ['refuses', () => Promise.reject(new Failure('It is stuck.', 'Mend it.')), 'It is stuck.\nMend it.'],
    ['is not healthy', () => Promise.resolve(done(false)), 'It is not healthy: status 503.'],
  ])('ends at a region that %s', async (_what, inSecond, problem) => {
    const { asked, outcomes } = await outcomesOf(inSecond);

    expect(asked).toEqual(['eu-west-1', 'us-east-1']);
    expect(outcomes.map(({ state }) => state)).toEqual(['has it', 'failed', 'not begun']);
    expect(outcomes[1]?.problem).toBe(problem);
    expect(describeRegions('staging', outcomes)).toContain(
      'Mend it, then go on: npm run deploy -- --stage staging --regions us-east-1,eu-central-1\n',
    );
  });

  it('passes on what it does not expect', async () => {
    await expect(outcomesOf(() => Promise.reject(new Error('a fault')))).rejects.toThrow('a fault');
  });
});
