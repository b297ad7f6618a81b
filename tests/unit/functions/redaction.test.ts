import { randomBytes } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { objectAt, stringAt } from '../../../tools/lib/json.ts';
import { resolvedStages } from '../../support/engine/stages.ts';
import { useEntryEnvironment } from '../../support/runtime/entry-environment.ts';
import { startServer, type FakeAnswer, type FakeCall, type FakeServer } from '../../support/runtime/http-server.ts';
import { lambdaContext } from '../../support/runtime/lambda-context.ts';
import { plantSecrets } from '../../support/runtime/plant-secrets.ts';

const root = process.cwd();
const folders = globSync('functions/*/', { cwd: root })
  .map((path) => basename(path))
  .sort();
// Of the form of a signing key, too: it is what a function reads as one.
const secret = `sentinel-${randomBytes(24).toString('hex')}`;

/** The variables of the local stage; what CloudFormation puts in is some text. */
function variablesOf(folder: string): Record<string, string> {
  const local = resolvedStages().find(({ name }) => name === 'local')?.root ?? {};
  const found = Object.values(local).find(
    (block) => stringAt(objectAt(block, 'Properties'), 'FunctionName') === `aviary-${folder}-local`,
  );
  const variables = objectAt(objectAt(objectAt(found, 'Properties'), 'Environment'), 'Variables');
  const texts = Object.entries(variables).map(([name, value]) => [name, typeof value === 'string' ? value : 'made-up']);
  return Object.fromEntries(texts) as Record<string, string>;
}

const samplesOf = (folder: string): Record<string, unknown>[] =>
  globSync(`functions/${folder}/events/*.json`, { cwd: root })
    .sort()
    .map((path) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>);

const failing: FakeAnswer = {
  status: 400,
  body: {
    __type: 'ValidationException',
    message: `refused: authorization: Bearer ${secret}; {"password":"${secret}"}; https://u:${secret}@example.com`,
  },
};

/** AWS, of which only secrets can be read, while there is one; all else fails with secrets in what it says. */
function aws({ headers }: FakeCall, hasSecrets: boolean): FakeAnswer {
  if (!hasSecrets || headers['x-amz-target'] !== 'secretsmanager.GetSecretValue') return failing;
  const SecretString = JSON.stringify({ key: secret, webhookSecret: secret, githubToken: secret });
  return { status: 200, body: { SecretString } };
}

describe.each(folders)('what %s logs', (folder) => {
  let server: FakeServer;
  let hasSecrets = true;

  beforeAll(async () => {
    server = await startServer((call) => aws(call, hasSecrets));
  });

  afterAll(() => server.close());

  useEntryEnvironment(folder, { ...variablesOf(folder), STAGE: 'test' });

  it.each([
    ['with secrets to read', true],
    ['with all that it calls failing', false],
  ])('has no secret of its events, of its own or of errors in it, %s', async (_when, readable) => {
    hasSecrets = readable;
    Object.assign(process.env, {
      // Sends lines and metrics to the global console, where a test can read them.
      POWERTOOLS_DEV: 'true',
      POWERTOOLS_LOG_LEVEL: 'DEBUG',
      POWERTOOLS_METRICS_DISABLED: 'false',
      AWS_ENDPOINT_URL: server.base,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: secret,
      AWS_SESSION_TOKEN: secret,
    });
    const lines: string[] = [];
    for (const method of ['debug', 'info', 'log', 'warn', 'error'] as const)
      jest
        .spyOn(console, method)
        .mockImplementation((...texts: unknown[]) => void lines.push(texts.map(String).join(' ')));
    const { handler } = (await import(`../../../functions/${folder}/handler.ts`)) as {
      handler: (event: unknown, context: unknown) => Promise<unknown>;
    };

    const events = samplesOf(folder).flatMap((event) => plantSecrets(event, secret));
    for (const event of events) await handler(event, lambdaContext()).catch(() => undefined);

    // Each invocation writes at least of its memory, and that it was handled, refused or failed.
    expect(lines.length).toBeGreaterThanOrEqual(2 * events.length);
    expect(lines.filter((line) => line.includes(secret))).toEqual([]);
  });
});
