import { signingKeys, type SigningKey, type SigningKeys } from '@shared/auth/signing-keys';
import { pageTokens } from '@shared/pagination/page-token';
import {
  AppConfigClient,
  CreateApplicationCommand,
  CreateConfigurationProfileCommand,
  CreateEnvironmentCommand,
} from '@aws-sdk/client-appconfig';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { InvokeCommand } from '@aws-sdk/client-lambda';
import type { SettingRow } from '../../tools/config/compare-settings.ts';
import type { FlagRow } from '../../tools/flags/flag-document.ts';
import type { FlagDeployment } from '../../tools/flags/flag-store.ts';
import { aviary, aviaryJson } from '../support/aviary.ts';
import { beginFlagDeployment } from '../support/begin-flag-deployment.ts';
import { useStage } from '../support/aviary-stage.ts';
import type { Api } from '../support/http.ts';
import { awaitLogLines } from '../support/http-logs.ts';
import { aSecurityEvent } from '../support/runtime/an-activity.ts';
import { aLine } from '../support/runtime/an-order.ts';
import { kinesisEvent } from '../support/runtime/kinesis-windows.ts';
import { rotate } from '../support/runtime/rotate.ts';
import { secretVersionsContract } from '../support/runtime/secret-versions-contract.ts';
import { localSecretVersions } from '../support/runtime/local-secret-versions.ts';
import { whileAsking } from '../support/runtime/while-asking.ts';
import { localKey, localToken } from '../support/token.ts';

interface Flags {
  readonly flags: readonly FlagRow[];
  readonly deployment: FlagDeployment | null;
}

describe('the configuration of a running stage', () => {
  const stage = useStage();
  let api: Api;
  const run = (...args: string[]) => aviary(stage().clone.root, args);
  const json = <T>(...args: string[]): Promise<T> => aviaryJson<T>(stage().clone.root, args);
  const on = async (): Promise<Record<string, boolean>> =>
    Object.fromEntries((await json<Flags>('flag', 'list')).flags.map((it) => [it.name, it.on]));

  beforeAll(async () => {
    api = await stage().api();
  });

  const invoke = async (name: string, event: unknown): Promise<void> => {
    const { FunctionError, Payload } = await stage().lambda.send(
      new InvokeCommand({
        FunctionName: `aviary-${name}-local`,
        Qualifier: 'live',
        Payload: Buffer.from(JSON.stringify(event)),
      }),
    );
    if (FunctionError !== undefined) throw new Error(Payload?.transformToString());
  };

  describe('by aviary config', () => {
    it('is as in the template after a deploy', async () => {
      const rows = await json<SettingRow[]>('config', 'list');

      expect(rows).toContainEqual({ name: 'orders/maxLines', value: '100', other: '100' });
      await expect(json('config', 'diff')).resolves.toEqual([]);
    });

    it('is changed for the functions, and told apart from the template', async () => {
      await expect(json('config', 'set', 'orders/maxLines', '2')).resolves.toEqual({
        name: 'orders/maxLines',
        before: '100',
        value: '2',
        changed: true,
      });

      const user = await api<{ id: string }>('POST', '/users', { body: { email: 'ada@example.com', name: 'Ada' } });
      const place = (lines: number) =>
        api('POST', '/orders', {
          body: { userId: user.body.data.id, lines: Array.from({ length: lines }, () => aLine()) },
        });
      const [two, three] = [await place(2), await place(3)];
      const diff = await run('config', 'diff');
      const get = await run('config', 'get', 'orders/maxLines');

      expect([two.status, three.status]).toEqual([201, 400]);
      expect(three.body.error?.details).toEqual([{ field: 'lines', message: 'must be at most 2 at present' }]);
      expect([diff.code, diff.stdout]).toEqual([1, expect.stringMatching(/orders\/maxLines +2 +100/)]);
      expect(get.stdout).toBe('2\n');
    });

    it.each([
      [['config', 'get', 'orders/maxLine'], 'Did you mean orders/maxLines?'],
      [['config', 'set', 'orders/maxLines', '101'], 'The most lines that an order may have, from 1 to 100.'],
      [['config', 'set', 'orders/maxLines'], 'The most lines that an order may have, from 1 to 100.'],
      [['config', 'set', 'orders/maxLines', '1', '2'], 'config set takes <setting> and <value>.'],
      [['config', 'get'], 'Which setting?'],
      [['config', 'change'], 'Say list, get, set or diff.'],
      [['flag', 'off', 'enable_advanced_cache'], 'Did you mean enable_advanced_caching?'],
      [['flag', 'off'], 'Which flag?'],
      [['flag', 'toggle'], 'Say list, on <flag> or off <flag>.'],
    ])('refuses %j with the next step', async (args, next) => {
      const { code, stderr } = await run(...args);

      expect([code, stderr]).toEqual([2, expect.stringContaining(next)]);
    });
  });

  describe('of production', () => {
    /** As in an account that is not this cloud: the commands take any other stage to be in AWS. */
    const inAccount = (...args: string[]) =>
      aviary(stage().clone.root, [...args, '--stage', 'production'], {
        AWS_ENDPOINT_URL: stage().cloud.endpoint,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
      });

    it('is changed with --yes alone, and can be held against another stage', async () => {
      const client = new SSMClient(stage().client);
      const put = (name: string, Value: string) =>
        client.send(new PutParameterCommand({ Name: `/aviary/production/${name}`, Value, Type: 'String' }));
      await put('orders/maxLines', '100');
      client.destroy();

      const asked = await inAccount('config', 'set', 'orders/maxLines', '50');
      const before = await inAccount('config', 'get', 'orders/maxLines');
      const confirmed = await inAccount('config', 'set', 'orders/maxLines', '50', '--yes');
      const after = await inAccount('config', 'get', 'orders/maxLines');
      const missing = await inAccount('config', 'get', 'analytics/cacheSeconds');

      expect([asked.code, asked.stdout]).toEqual([1, expect.stringContaining('Nothing was changed: add --yes')]);
      expect([before.stdout, confirmed.code, after.stdout]).toEqual(['100\n', 0, '50\n']);
      expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('Deploy first')]);
    });

    it('has no flag changed without --yes', async () => {
      const client = new AppConfigClient(stage().client);
      const none = await inAccount('flag', 'list');
      const { Id: ApplicationId } = await client.send(new CreateApplicationCommand({ Name: 'aviary-production' }));
      await client.send(new CreateEnvironmentCommand({ ApplicationId, Name: 'aviary-production' }));
      const profile = { Name: 'aviary-flags-production', LocationUri: 'hosted' };
      await client.send(new CreateConfigurationProfileCommand({ ApplicationId, ...profile }));

      const asked = await inAccount('flag', 'off', 'enable_advanced_caching');

      expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('There are no flags aviary-production')]);
      expect([asked.code, asked.stdout]).toEqual([1, expect.stringContaining('Nothing was changed: add --yes')]);
      client.destroy();
    });
  });

  describe('that is not as it may be', () => {
    it('costs no request: a function goes on with its defaults, and says so once', async () => {
      const client = new SSMClient(stage().client);
      const Name = '/aviary/local/analytics/cacheSeconds';
      // As by somebody who goes around the template: SSM forgets a pattern that is not given again.
      await client.send(new PutParameterCommand({ Name, Value: 'forever', Overwrite: true, AllowedPattern: '.*' }));
      const day = '/analytics/orders?from=2025-06-01T00:00:00Z&to=2025-06-01T01:00:00Z';

      const answers = [await api('GET', day), await api('GET', day)];

      const lines = await awaitLogLines(stage().cloud.endpoint, '/aws/lambda/aviary-analytics-local', (all) =>
        all.some(({ log_code }) => log_code === 'CONFIGURATION_DEFAULTED'),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
      expect(lines.filter(({ log_code }) => log_code === 'CONFIGURATION_DEFAULTED')).toHaveLength(1);
      client.destroy();
    });
  });

  describe('by aviary flag', () => {
    it('has every flag on after a deploy', async () => {
      const { flags, deployment } = await json<Flags>('flag', 'list');

      expect(flags.map(({ name, on: isOn, template }) => [name, isOn, template])).toEqual([
        ['enable_real_time_analytics', true, true],
        ['enable_advanced_caching', true, true],
        ['enable_security_monitoring', true, true],
      ]);
      expect(deployment).toMatchObject({ state: 'COMPLETE' });
    });

    it('has one off, for the functions too, and the others as they were', async () => {
      const off = await json<{ on: boolean }>('flag', 'off', 'enable_security_monitoring');

      await invoke('security-events', kinesisEvent(aSecurityEvent()));

      const lines = await awaitLogLines(stage().cloud.endpoint, '/aws/lambda/aviary-security-events-local', (all) =>
        all.some(({ log_code }) => log_code === 'INVOCATION_HANDLED'),
      );
      const evaluation = { flag: 'enable_security_monitoring', value: 'off', FeatureFlagEvaluations: 1 };
      expect(lines).toContainEqual(expect.objectContaining(evaluation));
      expect(lines.filter(({ log_code }) => log_code === 'SECURITY_EVENTS')).toEqual([]);
      expect(off.on).toBe(false);
      await expect(on()).resolves.toEqual({
        enable_real_time_analytics: true,
        enable_advanced_caching: true,
        enable_security_monitoring: false,
      });
    });

    it('says that nothing is to be done for a flag that is so already', async () => {
      const { code, stdout } = await run('flag', 'off', 'enable_security_monitoring');

      expect([code, stdout]).toEqual([0, 'enable_security_monitoring is off already.\n']);
    });

    it('waits for a deployment that runs, and says how far it is', async () => {
      await beginFlagDeployment(stage().client);

      const { code, stderr } = await run('flag', 'off', 'enable_advanced_caching');

      expect(code).toBe(2);
      expect(stderr).toMatch(/Deployment \d+ of the flags is DEPLOYING, at 0 %\.\s+Wait until it is over/);
    });

    it('stops it with --at-once, and begins with what was there before', async () => {
      const { code } = await run('flag', 'off', 'enable_advanced_caching', '--at-once');

      expect(code).toBe(0);
      await expect(on()).resolves.toEqual({
        enable_real_time_analytics: true,
        enable_advanced_caching: false,
        enable_security_monitoring: false,
      });
    });

    it('stays as it is through a deploy that changes another part of it', async () => {
      stage().clone.edit('infra/config.yaml', "Value: '95'", "Value: '90'");
      await stage().deploy();

      await expect(json('config', 'get', 'order-stream/highValuePercentile')).resolves.toMatchObject({ value: '90' });
      await expect(json('config', 'get', 'orders/maxLines')).resolves.toMatchObject({ value: '2' });
      await expect(on()).resolves.toMatchObject({ enable_advanced_caching: false });
    });
  });

  describe('by a rotation of its keys', () => {
    const versions = () => localSecretVersions(stage().client);
    const keysOf = async (secret: string): Promise<SigningKeys> =>
      signingKeys.parse(JSON.parse((await versions().read(secret, 'AWSCURRENT')) ?? 'null'));
    const rotateNow = async (secret: string): Promise<void> => {
      await rotate(secret, await versions().beginRotation(secret), (event) => invoke('secret-rotation', event));
    };

    it('refuses no cursor that a caller holds, nor one of the new key, while the API is asked', async () => {
      for (const name of ['b', 'c']) await api('POST', '/users', { body: { email: `${name}@example.com`, name } });
      const page = async (cursor?: string) => {
        const query = cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`;
        const { status, body } = await api<{ nextCursor?: string }>('GET', `/users?limit=1${query}`);
        return { status, next: body.data.nextCursor };
      };
      const held = (await page()).next;
      const before = await keysOf('aviary-page-tokens-local');

      const asked = await whileAsking(
        async () => {
          const { next, status } = await page();
          return [status, (await page(next)).status, (await page(held)).status];
        },
        () => rotateNow('aviary-page-tokens-local'),
      );

      const after = await keysOf('aviary-page-tokens-local');
      const [first] = before.keys;
      // As another execution environment signs it, which has fetched the secret since.
      const fresh = pageTokens(after).encode('users', { createdAt: '2025-01-01T00:00:00.000Z', id: 'x' });
      expect(after.keys.map(({ kid }) => kid)).toEqual([after.keys[0]?.kid, first?.kid]);
      expect(after.keys[0]?.kid).not.toBe(first?.kid);
      expect((await page(fresh)).status).toBe(200);
      expect(asked.filter((status) => status !== 200)).toEqual([]);
      expect(asked.length).toBeGreaterThan(50);
    });

    it('refuses no token of the stage, signed by whoever still has the former keys or by whoever has the new ones', async () => {
      const secret = 'aviary-jwt-local';
      const former = localKey();
      const newest = async (): Promise<SigningKey> => (await keysOf(secret)).keys[0] ?? former;
      // A token of its own each time: the gateway keeps the answer for one, and would not ask the authorizer again.
      const ask = async (key: SigningKey): Promise<number> =>
        (await api('GET', '/orders', { token: await localToken({}, key) })).status;

      const asked = await whileAsking(
        async () => [await ask(former), await ask(await newest())],
        () => rotateNow(secret),
      );

      expect((await keysOf(secret)).keys.map(({ kid }) => kid).slice(1)).toEqual(['local']);
      expect(asked.filter((status) => status !== 200)).toEqual([]);
      expect(asked.length).toBeGreaterThan(50);
    });

    it('leaves everything as it is where Secrets Manager has begun none', async () => {
      const before = await keysOf('aviary-jwt-local');
      const event = { Step: 'finishSecret', SecretId: 'aviary-jwt-local', ClientRequestToken: 'made-up' };

      await expect(invoke('secret-rotation', event)).rejects.toThrow('no rotation to it was begun');
      await expect(keysOf('aviary-jwt-local')).resolves.toEqual(before);
    });

    describe('in Secrets Manager', () => {
      secretVersionsContract(() => localSecretVersions(stage().client));
    });
  });
});
