// Needs the sample domain, and goes with it: aviary begin.
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  GetFunctionConfigurationCommand,
  UpdateFunctionConfigurationCommand,
  type FunctionConfiguration,
} from '@aws-sdk/client-lambda';
import { readUsage } from '../../tools/cost/read-usage.ts';
import { stageResources } from '../../tools/cost/stage-resources.ts';
import { meteredBy } from '../../tools/cost/usage.ts';
import type { JsonObject } from '../../tools/lib/json.ts';
import type { MemoryUse } from '../../tools/memory/recommend.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import type { Choice } from '../../tools/tune/choose-size.ts';
import { tuneFunction, type SizeResult } from '../../tools/tune/tune-function.ts';
import { aviary, aviaryJson, AviaryProcess } from '../support/aviary.ts';
import { useStage, type Running } from '../support/aviary-stage.ts';
import { rejectionOf } from '../support/engine/failure-of.ts';

const FunctionName = 'aviary-processor-local';
const event = { action: 'create', data: { name: 'Ada' } };

describe('the memory of functions', () => {
  const stage = useStage();

  describe('aviary memory', () => {
    it('tells of what was invoked how much it used and which size would do, and of the rest that there is nothing', async () => {
      const { root } = stage().clone;
      const idle = await aviary(root, ['memory']);
      await aviaryJson(root, ['tune', 'processor', '--sizes', '256', '--runs', '2']);

      const uses = await aviaryJson<MemoryUse[]>(root, ['memory', '--since', '1h']);

      expect(idle.stdout).toContain(' functions reported no invocation.');
      expect(idle.stdout).not.toContain(FunctionName);
      const own = uses.find(({ functionName }) => functionName === FunctionName);
      // The local cloud does not report what was used, and nothing is recommended then.
      expect(own).toMatchObject({ memoryMb: 256, invocations: 3, usedMb: 0, recommendedMb: 256, saves: 0 });
      expect(own?.p99).toBeGreaterThan(0);
    });

    it('reads what a stage has used out of CloudWatch, and prices nothing that it has no figure of', async () => {
      const { clone, cloud, client } = stage();
      const production = readStage(clone.root, 'production');
      const resources = stageResources(clone.root, production);
      const cloudWatch = new CloudWatchClient(client);
      // Not a month: the local cloud forgets what is older than two weeks.
      const dayMs = 86_400_000;
      const to = Math.floor(Date.now() / dayMs) * dayMs;
      const time = { from: to - 10 * dayMs, to };
      const put = async (at: number, Value: number): Promise<void> => {
        const Dimensions = [{ Name: 'FunctionName', Value: 'aviary-users-production' }];
        const MetricData = [{ MetricName: 'Invocations', Dimensions, Timestamp: new Date(at), Value }];
        await cloudWatch.send(new PutMetricDataCommand({ Namespace: 'AWS/Lambda', MetricData }));
      };
      for (const [at, count] of [
        [time.from, 100],
        [to - 1_000, 11],
        [to, 7],
      ] as const)
        await put(at, count);
      cloudWatch.destroy();

      const usage = await readUsage({ root: clone.root, stage: production, endpoint: cloud.endpoint }, resources, time);

      const used = meteredBy(resources).flatMap((metered) => {
        const count = usage.of(metered);
        return count === 0 ? [] : [[metered.resource.where, metered.meter.metric, count]];
      });
      expect([usage.basis, used]).toEqual(['measured', [['Users', 'Invocations', 111]]]);
    });
  });

  describe('aviary tune', () => {
    let running: Running;
    let latest: FunctionConfiguration;
    const readLatest = async (): Promise<FunctionConfiguration> => {
      const found = await stage().lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
      // Not when and why it changed last.
      const {
        $metadata: _,
        RevisionId,
        LastModified,
        LastUpdateStatusReason,
        LastUpdateStatusReasonCode,
        ...rest
      } = found;
      const { StateReason, StateReasonCode, ...configuration } = rest;
      return configuration;
    };
    const tune = (more: { event?: JsonObject; onSize?: (size: number) => void }): Promise<SizeResult[]> => {
      const { signal } = new AbortController();
      const options = {
        functionName: FunctionName,
        sizes: [128, 512],
        runs: 1,
        event,
        signal,
        onSize: () => undefined,
      };
      return tuneFunction(stage().connection, { ...options, ...more });
    };
    beforeAll(async () => {
      [running, latest] = [await stage().running(), await readLatest()];
    });
    const expectAsItWas = async (): Promise<void> => {
      expect(await readLatest()).toEqual(latest);
      expect(await stage().running()).toEqual(running);
      expect(await aviary(stage().clone.root, ['drift'])).toMatchObject({ code: 0 });
    };

    it('measures each size, and leaves the function, its versions and its alias as they were', async () => {
      const args = ['tune', 'processor', '--sizes', '512,128', '--runs', '3'];

      const choice = await aviaryJson<Choice>(stage().clone.root, args);

      expect(choice.figures.map(({ memoryMb, runs }) => [memoryMb, runs])).toEqual([
        [128, 3],
        [512, 3],
      ]);
      expect(choice.figures.every(({ ms, costPerMillion }) => ms > 0 && costPerMillion > 0)).toBe(true);
      expect([128, 512]).toEqual(expect.arrayContaining([choice.cheapest, choice.fastest, choice.balanced]));
      await expectAsItWas();
    });

    it('takes back what it has made on Ctrl-C', async () => {
      const args = ['tune', 'processor', '--sizes', '128,512', '--runs', '999'];
      const started = new AviaryProcess(stage().clone.root, args);

      await started.says(/processor: 128 MB/);
      started.child.kill('SIGINT');
      const { code, stderr } = await started.outcome;

      expect([code, stderr]).toEqual([130, expect.not.stringMatching(/\n\s+at /)]);
      await expectAsItWas();
    });

    it('stops at an event that the function fails on, and takes back what it has made', async () => {
      const { problem } = await rejectionOf(tune({ event: { action: 'sing' } }));

      expect(problem).toMatch(/^aviary-processor-local failed on the event with 128 MB: /);
      await expectAsItWas();
    });

    it.each([
      [['tune'], 'Which function?'],
      [['tune', 'procesor'], 'Did you mean processor?'],
      [['tune', 'processor', '--sizes', '64'], '--sizes 64 are no memory sizes.'],
      [['tune', 'processor', '--sizes', '128,x'], '--sizes 128,x are no memory sizes.'],
      [['tune', 'processor', '--runs', '0'], '--runs 0 is no number of invocations.'],
      [['tune', 'processor', '--event', 'sing'], 'processor has no sample event sing.'],
    ])('refuses %j', async (args, said) => {
      const { code, stderr } = await aviary(stage().clone.root, args);

      expect([code, stderr]).toEqual([2, expect.stringContaining(said)]);
    });

    describe('while somebody else changes the function', () => {
      it('leaves their change, and takes back its versions', async () => {
        let changed = Promise.resolve<unknown>(undefined);
        const onSize = (size: number): void => {
          const change = new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: 17 });
          if (size === 512) changed = stage().lambda.send(change);
        };

        const { problem, next } = await rejectionOf(tune({ onSize }));

        await changed;
        expect(problem).toContain('Somebody else has changed aviary-processor-local meanwhile');
        expect(next).toContain('aviary -- drift');
        expect((await readLatest()).Timeout).toBe(17);
        expect(await stage().running()).toEqual(running);
      });
    });
  });
});
