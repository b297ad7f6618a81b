import type { ApiHandler } from '@shared/http/api';
import { useEntryEnvironment } from '../../../support/runtime/entry-environment.ts';
import { delivery, publishedPing } from '../../../support/runtime/github-payloads.ts';
import { startServer, type FakeServer } from '../../../support/runtime/http-server.ts';
import { lambdaContext } from '../../../support/runtime/lambda-context.ts';

const secret = 'a-secret-of-the-fake';
const environment = {
  TABLE_NAME: 'table',
  SECRET_NAME: 'secret',
  DEPLOY_BRANCH: 'refs/heads/main',
  DEPLOY_REPOSITORY: 'example/aviary',
  DEPLOY_WITH: 'github',
  DEPLOY_WORKFLOW: 'deploy.yml',
  DEPLOY_PIPELINE: 'none',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
};

const load = async (): Promise<ApiHandler> => (await import('../../../../functions/github-webhook/handler.ts')).handler;

describe('the entry of the github-webhook function', () => {
  useEntryEnvironment('github-webhook', environment);
  let secrets: FakeServer;
  let asked: number;
  let value: string;

  beforeEach(async () => {
    asked = 0;
    value = JSON.stringify({ webhookSecret: secret, githubToken: '' });
    secrets = await startServer(({ headers }) => {
      if (headers['x-amz-target'] === 'secretsmanager.GetSecretValue') asked += 1;
      return { status: 200, body: { Name: 'secret', SecretString: value } };
    });
    process.env['AWS_ENDPOINT_URL'] = secrets.base;
  });

  afterEach(async () => {
    await secrets.close();
  });

  it('reads its secret once for many deliveries', async () => {
    const handler = await load();

    const first = await handler(delivery('ping', publishedPing, secret), lambdaContext());
    const second = await handler(delivery('ping', publishedPing, 'another-secret'), lambdaContext());

    expect([first.statusCode, second.statusCode, asked]).toEqual([200, 401, 1]);
  });

  it('answers 500 for a secret that is not as documented', async () => {
    value = 'a text that is no JSON';
    const handler = await load();

    await expect(handler(delivery('ping', publishedPing, secret), lambdaContext())).resolves.toMatchObject({
      statusCode: 500,
    });
  });

  it.each(['github', 'codepipeline', 'log'])('starts with %s', async (DEPLOY_WITH) => {
    process.env['DEPLOY_WITH'] = DEPLOY_WITH;

    await expect(load()).resolves.toEqual(expect.any(Function));
  });

  it('does not start with a starter that is none', async () => {
    process.env['DEPLOY_WITH'] = 'ftp';

    await expect(load()).rejects.toThrow('DEPLOY_WITH must be github, codepipeline or log');
  });

  it('does not start without its environment, and names everything that is missing', async () => {
    process.env = { ...process.env, SECRET_NAME: '', DEPLOY_BRANCH: '' };

    await expect(load()).rejects.toThrow('Missing environment variables: SECRET_NAME, DEPLOY_BRANCH');
  });
});
