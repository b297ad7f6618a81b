// Needs the sample domain, and goes with it: aviary begin.
import { readFileSync } from 'node:fs';
import { useEntryEnvironment } from '../../support/runtime/entry-environment.ts';
import { startServer, type FakeAnswer, type FakeCall, type FakeServer } from '../../support/runtime/http-server.ts';
import { lambdaContext } from '../../support/runtime/lambda-context.ts';

type Kind = 'settings' | 'session' | 'flags' | 'other';

const configuration: Readonly<Record<Exclude<Kind, 'other'>, FakeAnswer>> = {
  settings: { status: 200, body: { Parameters: [] } },
  session: { status: 201, body: { InitialConfigurationToken: 'first' } },
  flags: { status: 200, body: { enable_advanced_caching: { enabled: true } } },
};

function kindOf({ url, headers }: FakeCall): Kind {
  if (headers['x-amz-target'] === 'AmazonSSM.GetParametersByPath') return 'settings';
  if (url.pathname === '/configurationsessions') return 'session';
  return url.pathname === '/configuration' ? 'flags' : 'other';
}

describe.each([
  ['analytics', 'list-order-windows.json'],
  ['order-stream', 'batch.json'],
])('the first request of %s', (folder, sample) => {
  let server: FakeServer;
  let asked: Kind[];
  let haveBothBegun: PromiseWithResolvers<undefined>;

  beforeAll(async () => {
    server = await startServer(async (call) => {
      const kind = kindOf(call);
      // A table in which there is nothing.
      if (kind === 'other') return { status: 200, body: { Items: [], Count: 0 } };
      asked.push(kind);
      if (asked.includes('settings') && asked.includes('session')) haveBothBegun.resolve(undefined);
      await haveBothBegun.promise;
      return configuration[kind];
    });
  });
  afterAll(() => server.close());

  useEntryEnvironment(folder, {
    TABLE_NAME: 'table',
    DEAD_LETTERS_URL: 'http://127.0.0.1:9/queue',
    CRITICAL_TOPIC_ARN: 'arn:aws:sns:eu-west-1:123456789012:topic',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  });

  it('asks for its settings and for the flags at the same time, once each', async () => {
    process.env['AWS_ENDPOINT_URL'] = server.base;
    [asked, haveBothBegun] = [[], Promise.withResolvers<undefined>()];
    const { handler } = (await import(`../../../functions/${folder}/handler.ts`)) as {
      handler: (event: unknown, context: unknown) => Promise<unknown>;
    };
    const event: unknown = JSON.parse(readFileSync(`functions/${folder}/events/${sample}`, 'utf8'));

    await Promise.all([handler(event, lambdaContext()), handler(event, lambdaContext())]);

    // One after the other, the first would have waited in vain, and have been asked for again.
    expect(asked.sort()).toEqual(['flags', 'session', 'settings']);
  });
});
