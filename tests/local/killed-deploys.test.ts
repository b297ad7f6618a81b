import { GetFunctionConfigurationCommand, InvokeCommand } from '@aws-sdk/client-lambda';
import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { readDrift } from '../../tools/drift/read-drift.ts';
import type { Recovery } from '../../tools/recover/recover-stage.ts';
import { connect } from '../../tools/stack/connection.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { AviaryProcess, aviary, aviaryJson, type Outcome } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import { inFull } from '../support/depth.ts';
import { makeSmall, says } from '../support/small-product.ts';

/** Where a deploy is killed: when it has said this, or has written this file. The first are of a stack that is not there yet. */
const points: readonly (readonly [string, RegExp | string])[] = [
  ['the change set of a first deploy is made', /Waiting for changeset to be created/],
  ['a first deploy is begun', /CloudFormation events from stack operations/],
  ['it has the lock', /• Comparing the tree/],
  ['it has compared', /✓ Comparing the tree/],
  ['it has composed', 'template.yaml'],
  ['it has written its settings', 'samconfig.toml'],
  ['sam build is asked for', /• sam build/],
  ['sam build compiles', /Building codeuri|Running NodejsNpmEsbuildBuilder/],
  ['sam build writes its template', 'build/template.yaml'],
  ['sam build is done', /Build Succeeded/],
  ['what was built is packed', /✓ sam build/],
  ['source maps are kept', /✓ Keeping source maps/],
  ['sam deploy is asked for', /• sam deploy/],
  ['a package is uploaded', /Uploading to \w{32}\s/],
  ['the template is uploaded', /Uploading to \w{32}\.template/],
  ['the upload is done', /Initiating deployment/],
  ['the change set is made', /Waiting for changeset to be created/],
  ['the change set is to be executed', /Changeset created successfully/],
  ['the stack is being updated', /CloudFormation events from stack operations/],
  ['the stack is updated', /✓ sam deploy/],
];

/** All of them where the environment asks for it; else one of each kind of what is left behind. */
const usual = [9, 15, 19];
const chosen = inFull ? points : points.filter((_, at) => usual.includes(at + 1));

describe('a deploy that is killed when', () => {
  const stage = useStage({ deployed: false });
  let runs = 0;
  const root = (): string => stage().clone.root;
  beforeAll(() => {
    makeSmall(stage().clone);
  });

  const killAt = async (args: readonly string[], point: RegExp | string): Promise<Outcome> => {
    rmSync(join(root(), '.aviary', 'deploy'), { recursive: true, force: true });
    const run = new AviaryProcess(root(), args);
    if (point instanceof RegExp) await run.says(point);
    else while (!existsSync(join(root(), '.aviary/deploy/local', point)) && run.child.exitCode === null) await sleep(1);
    run.child.kill('SIGKILL');
    return await run.outcome;
  };
  const answer = async (name: string): Promise<unknown> => {
    const { Payload } = await stage().lambda.send(
      new InvokeCommand({ FunctionName: `aviary-${name}-local`, Qualifier: 'live' }),
    );
    return JSON.parse(Buffer.from(Payload ?? []).toString());
  };
  const version = async (name: string): Promise<string | undefined> => {
    const of = { FunctionName: `aviary-${name}-local`, Qualifier: 'live' };
    return (await stage().lambda.send(new GetFunctionConfigurationCommand(of))).Version;
  };
  /** The next run, with the one before it where that asks for it. */
  const nextRun = async (): Promise<Outcome> => {
    const first = await aviary(root(), ['deploy']);
    if (first.code === 0 || !first.stderr.includes('aviary -- recover')) return first;
    const recovered = await aviary(root(), ['recover', '--yes']);
    if (recovered.code !== 0) return recovered;
    const second = await aviary(root(), ['deploy']);
    return { ...second, stderr: first.stderr + recovered.stderr + second.stderr };
  };

  it.each(chosen)('%s', async (_, point) => {
    runs += 1;
    says(stage().clone, 'first', `run ${runs}`);
    const killed = await killAt(['deploy', '--verbose'], point);
    const next = await nextRun();

    expect(killed.code).toBeNull();
    expect(next).toMatchObject({ code: 0 });
    expect(next.stderr).toMatch(/On aviary-local, the deploy of \S+, begun \d\d:\d\d UTC, stopped without an end/);
    await expect(answer('first')).resolves.toBe(`run ${runs}`);
    await expect(Promise.all(['second', 'third'].map(version))).resolves.toEqual(['1', '1']);
    const connection = await connect(root(), readStage(root(), 'local'));
    await expect(readDrift(connection, { cloudFormation: false })).resolves.toMatchObject({
      functions: [],
      behind: [],
    });
  });

  /** Kills a deploy while its change set waits, once more where that came too late; what recover then sees. */
  const leaveChangeSet = async (): Promise<Outcome> => {
    says(stage().clone, 'first', `run ${runs + 1}`);
    await killAt(['deploy', '--verbose'], /Waiting for changeset to be created/);
    const looked = await aviary(root(), ['recover']);
    if ((await answer('first')) !== `run ${runs + 1}`) return looked;
    runs += 1;
    await aviary(root(), ['recover', '--yes']);
    return await leaveChangeSet();
  };

  it('leaves a lock and a change set that recover takes away', async () => {
    const looked = await leaveChangeSet();
    const recovery = await aviaryJson<Recovery>(root(), ['recover', '--yes']);

    expect(looked.code).toBe(1);
    expect(looked.stdout).toMatch(
      /Take away the lock of a dead run: the deploy of .*\n.*Delete the change set samcli-deploy/,
    );
    expect(recovery.done[0]).toContain('Took away the lock of a dead run');
    await expect(aviaryJson<Recovery>(root(), ['recover'])).resolves.toMatchObject({ done: [], open: [] });
    await expect(answer('first')).resolves.toBe(`run ${runs}`);
  });

  it('a rollback that is killed between alias and stack leaves an alias that recover moves back', async () => {
    await killAt(['rollback', 'first'], /✓ Moving live of first/);
    const between = await answer('first');
    const recovery = await aviaryJson<Recovery>(root(), ['recover', '--yes']);

    expect(between).toBe(`run ${runs - 1}`);
    expect(recovery.done).toContainEqual(expect.stringContaining('Move live of first'));
    await expect(answer('first')).resolves.toBe(`run ${runs}`);
  });
});
