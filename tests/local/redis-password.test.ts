import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { connectRedis, stageCache } from '@shared/cache/stage-cache';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { repository, useCloud } from '../support/cloud.ts';
import { describeWithRedis, useRedis } from '../support/runtime/redis-server.ts';

/** What the user of infra/cache.yaml may do, in the language of Redis: `on ~aviary:test:* -@all +get …`. */
function accessString(): string {
  const values = { App: 'aviary', Stage: 'test', EncryptionKey: 'aws', NodeCount: '1', VpcId: '', SubnetIds: '' };
  const { resources } = resolveTemplate(readTemplate(join(repository, 'infra', 'cache.yaml')), {
    ...values,
    FunctionsGroupId: '',
  });
  return stringAt(objectAt(resources['User'], 'Properties'), 'AccessString') ?? '';
}

describeWithRedis('the cache of a stage whose Redis asks for a password', () => {
  const cloud = useCloud();
  const redis = useRedis();
  const before = process.env;
  const problems: string[] = [];
  const cacheOf = (CACHE_SECRET_NAME: string, STAGE = 'test') =>
    stageCache(
      (message) => problems.push(message),
      {
        STAGE,
        POWERTOOLS_SERVICE_NAME: 'analytics',
        POWERTOOLS_METRICS_NAMESPACE: 'aviary',
        POWERTOOLS_LOG_LEVEL: 'INFO',
        CACHE_URL: `redis://127.0.0.1:${redis.port}`,
        CACHE_SECRET_NAME,
      },
      async (...given) => {
        const client = await connectRedis(...given);
        redis.clients.push(client);
        return client;
      },
    );
  const keep = async (Name: string, password: string): Promise<void> => {
    const client = new SecretsManagerClient();
    await client.send(
      new CreateSecretCommand({ Name, SecretString: JSON.stringify({ username: 'functions', password }) }),
    );
    client.destroy();
  };

  beforeAll(async () => {
    process.env = cloud.env;
    const admin = redis.connect();
    await admin.call('ACL', 'SETUSER', 'functions', '>the-password', ...accessString().split(' '));
    await admin.call('ACL', 'SETUSER', 'default', 'off');
    await keep('right', 'the-password');
    await keep('wrong', 'another-password');
  });
  afterAll(() => {
    process.env = before;
  });
  beforeEach(() => void problems.splice(0));

  it('is let in with the secret, with the rights that the template gives', async () => {
    const cache = cacheOf('right');

    await cache.set('key', 'x', 300);

    await expect(cache.get('key')).resolves.toBe('x');
    expect(problems).toEqual([]);
  });

  it('sees nothing of another stage', async () => {
    await expect(cacheOf('right', 'production').get('key')).rejects.toThrow('NOPERM');
  });

  it('may do nothing else', async () => {
    const cache = cacheOf('right');
    await cache.get('key');

    await expect(redis.clients.at(-1)?.flushall()).rejects.toThrow('NOPERM');
  });

  it('fails with a password that is wrong, and says so without it', async () => {
    const failure: unknown = await cacheOf('wrong')
      .get('key')
      .catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    expect(`${String(failure)} ${problems.join(' ')}`).not.toContain('another-password');
  });

  it('fails while the secret is not there, and is let in when it is', async () => {
    const cache = cacheOf('later');
    await expect(cache.get('key')).rejects.toThrow('The secret later cannot be fetched');

    await keep('later', 'the-password');

    await expect(cache.get('key')).resolves.toBe('x');
  });
});
