import type { APIGatewayProxyResult } from 'aws-lambda';
import { readdirSync } from 'node:fs';
import type { User } from '../../functions/users/users-repository.ts';
import { run } from '../../tools/lib/process.ts';
import { samRunner, type RunSam } from '../../tools/lib/sam.ts';
import { openToDocker } from '../../tools/local/docker-bridge.ts';
import { useStage } from '../support/aviary-stage.ts';
import { ensureLambdaImage, hasDocker } from '../support/clone-docker.ts';
import { inFull } from '../support/depth.ts';
import { startLambda, type StartedLambda } from '../support/sam-start-lambda.ts';
import { envelopeOf } from '../support/runtime/api-event.ts';
import { eventually } from '../support/runtime/eventually.ts';

const describeWithDocker = hasDocker() ? describe : describe.skip;

const settings = ['--env-vars', '.aviary/env.json', '--skip-pull-image'];

/** The sample events, in the order in which each can succeed. */
const samples = {
  Authorizer: ['authorizer/bearer-token'],
  Health: ['health/get-health'],
  Users: ['create-user', 'find-user-by-email', 'get-user', 'list-users', 'update-user', 'delete-user'].map(
    (name) => `users/${name}`,
  ),
  Processor: ['activity', 'create', 'delete', 'update'].map((name) => `processor/${name}`),
  GithubWebhook: ['ping', 'push'].map((name) => `github-webhook/${name}`),
  TableStream: ['table-stream/order-placed'],
  Notifications: ['order-placed', 'order-shipped'].map((name) => `notifications/${name}`),
  OrderStream: ['batch', 'window', 'window-end'].map((name) => `order-stream/${name}`),
  Analytics: ['analytics/list-order-windows'],
  UserActivity: ['user-activity/batch'],
  SecurityEvents: ['security-events/batch'],
  SecretRotation: ['secret-rotation/create-secret-refused'],
  TrafficHook: ['traffic-hook/before-allow-traffic-refused'],
  Scheduled: ['order-summary', 'clean-up'].map((name) => `scheduled/${name}`),
} as const;

/** Sent last, when the list of users has been looked at: they need one. */
const orderSamples = [
  'create-order',
  'get-order',
  'list-orders-by-user',
  'list-orders-by-status',
  'update-lines',
  'pay-order',
  'ship-order',
].map((name) => `orders/${name}`);

/** `sam local invoke` starts the SAM CLI and a container for each; by default it is tried with one of each kind of event. */
const byInvoke = (logicalId: string): boolean => inFull || ['Health', 'Users'].includes(logicalId);

/** The ids in the samples, of a user and of an order. */
const sampleIds = { user: '0b8a2f6e-4c1d-4f5a-9d3e-7a6b5c4d3e2f', order: '5d1c7a90-3b2e-4c4d-8e5f-6a7b8c9d0e1f' };

describeWithDocker('sam local invoke and start-lambda, after plain sam build', () => {
  const stage = useStage();
  const answers = new Map<string, unknown>();
  const invoked = new Set<string>();
  let sam: RunSam;
  let lambda: StartedLambda;
  let closeToDocker: () => void = () => undefined;

  /**
   * Invokes a function with a sample event, in which the ids of what was made stand for those of the sample: some the
   * first time by `sam local invoke`, and all others by the `start-lambda` that runs.
   */
  async function invoke(
    logicalId: string,
    sample: string,
    { user = sampleIds.user, order = sampleIds.order }: { user?: string | undefined; order?: string | undefined } = {},
  ): Promise<unknown> {
    const { clone } = stage();
    const [folder = '', name = ''] = sample.split('/');
    const text = clone.read(`functions/${folder}/events/${name}.json`);
    const event = text.replaceAll(sampleIds.user, user).replaceAll(sampleIds.order, order);
    if (invoked.has(logicalId) || !byInvoke(logicalId)) return await lambda.invoke(logicalId, event);
    invoked.add(logicalId);
    clone.write(`.aviary/${folder}-${name}.json`, event);
    return await send(logicalId, `.aviary/${folder}-${name}.json`);
  }

  async function send(logicalId: string, event: string): Promise<unknown> {
    const { code, stdout, stderr } = await sam(['local', 'invoke', logicalId, '--event', event, ...settings]);
    const last = stdout.trim().split('\n').at(-1) ?? '';
    if (code !== 0 || last === '') throw new Error(`${stdout}${stderr}`);
    return JSON.parse(last) as unknown;
  }

  beforeAll(async () => {
    ensureLambdaImage();
    const { clone, cloud } = stage();
    sam = samRunner(clone.root, cloud.endpoint);
    closeToDocker = await openToDocker(cloud.port);
    const callers = ['Orders', ...Object.keys(samples)].filter((id) => id !== 'Processor');
    // sam local invoke takes the account for another one than the local cloud has; a function takes what it knows of these.
    const address = {
      AWS_ENDPOINT_URL: `http://host.docker.internal:${cloud.port}`,
      ORDER_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:aviary-order-events-local',
      CRITICAL_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:aviary-critical-local',
      INFO_TOPIC_ARN: 'arn:aws:sns:eu-west-1:000000000000:aviary-info-local',
    };
    clone.write('.aviary/env.json', JSON.stringify(Object.fromEntries(callers.map((id) => [id, address]))));
    const { code, stdout, stderr } = await sam(['build']);
    if (code !== 0) throw new Error(`sam build failed:\n${stdout}${stderr}`);
    lambda = await startLambda(sam, settings);
    await sendHealth();
    const left = Object.entries(samples).filter(([logicalId]) => logicalId !== 'Health');
    const sendInTurn = async (): Promise<void> => {
      for (let next = left.shift(); next; next = left.shift()) await sendAll(...next);
    };
    // Each starts the SAM CLI and a container: more of them at once run into the time limits of functions.
    await Promise.all([sendInTurn(), sendInTurn(), sendInTurn()]);
    await sendOrders();
  }, 300_000);

  /** First and alone, and again where a container that has just begun on a busy machine takes longer than the check's two seconds. */
  async function sendHealth(): Promise<void> {
    const [sample] = samples.Health;
    const ask = async (): Promise<APIGatewayProxyResult> => (await invoke('Health', sample)) as APIGatewayProxyResult;
    answers.set(sample, await eventually(ask, ({ statusCode }) => statusCode === 200));
  }

  async function sendAll(logicalId: string, names: readonly string[]): Promise<void> {
    let id: string | undefined;
    for (const name of names) {
      const answer = await invoke(logicalId, name, { user: id });
      answers.set(name, answer);
      if (name === 'users/create-user') id = envelopeOf<User>(answer as APIGatewayProxyResult).data?.id;
    }
  }

  async function sendOrders(): Promise<void> {
    const api = await stage().api();
    const made = await api<User>('POST', '/users', { body: { email: 'orders@example.com', name: 'Orders' } });
    let order: string | undefined;
    for (const name of orderSamples) {
      const answer = await invoke('Orders', name, { user: made.body.data.id, order });
      answers.set(name, answer);
      order ??= envelopeOf<{ id: string }>(answer as APIGatewayProxyResult).data?.id;
    }
  }
  afterAll(() => {
    closeToDocker();
  });

  const answerTo = (sample: string): APIGatewayProxyResult => {
    const answer = answers.get(sample);
    if (typeof answer !== 'object') throw new Error(`${sample}: ${JSON.stringify(answer)}`);
    return answer as APIGatewayProxyResult;
  };

  it('has sent every sample event that there is', () => {
    const { clone } = stage();
    const all = readdirSync(`${clone.root}/functions`).flatMap((folder) =>
      readdirSync(`${clone.root}/functions/${folder}/events`).map((file) => `${folder}/${file.replace('.json', '')}`),
    );

    expect([...answers.keys()].sort()).toEqual(all.sort());
  });

  it.each([
    ['health/get-health', 200],
    ['users/create-user', 201],
    ['users/find-user-by-email', 200],
    ['users/get-user', 200],
    ['users/list-users', 200],
    ['users/update-user', 200],
    ['users/delete-user', 204],
    ['orders/create-order', 201],
    ['orders/get-order', 200],
    ['orders/list-orders-by-user', 200],
    ['orders/list-orders-by-status', 200],
    ['orders/update-lines', 200],
    ['orders/pay-order', 200],
    ['orders/ship-order', 200],
  ])('%s is answered with %d, under the correlation id of the sample', (sample, status) => {
    expect(answerTo(sample)).toMatchObject({ statusCode: status, headers: { 'x-correlation-id': 'sample-1' } });
  });

  it.each([
    ['github-webhook/ping', 200],
    ['github-webhook/push', 202],
  ])('%s, which is signed, is answered with %d', (sample, status) => {
    expect(answerTo(sample)).toMatchObject({ statusCode: status });
  });

  it.each([...samples.Notifications, ...samples.OrderStream, ...samples.UserActivity, ...samples.SecurityEvents])(
    '%s is taken as a whole',
    (sample) => {
      expect(answerTo(sample)).toMatchObject({ batchItemFailures: [] });
    },
  );

  it('analytics answers, and the jobs of the schedule do what they should', () => {
    expect(answerTo('analytics/list-order-windows')).toMatchObject({ statusCode: 200 });
    expect(answerTo('scheduled/order-summary')).toMatchObject({ orders: 0 });
    expect(answerTo('scheduled/clean-up')).toMatchObject({ wholeTable: true });
  });

  it('secret-rotation finds the secret, and refuses a rotation that was not begun', () => {
    expect(answerTo('secret-rotation/create-secret-refused')).toMatchObject({ errorType: 'ConflictError' });
  });

  it('the hook does not find a deployment where there is no CodeDeploy, and says so by failing', () => {
    expect(answerTo('traffic-hook/before-allow-traffic-refused')).toHaveProperty('errorType');
  });

  it('the authorizer proves who calls, by the secret of the local cloud', () => {
    expect(answerTo('authorizer/bearer-token')).toMatchObject({ principalId: '7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11' });
  });

  it('health reaches the table of the local cloud', () => {
    expect(envelopeOf(answerTo('health/get-health'))).toMatchObject({
      success: true,
      data: { status: 'ok', checks: [{ name: 'table', ok: true }] },
    });
  });

  it('users finds, by e-mail address and in the list, the user that it made', () => {
    const made = envelopeOf<User>(answerTo('users/create-user')).data;

    for (const sample of ['users/find-user-by-email', 'users/list-users']) {
      expect(envelopeOf<{ items: User[] }>(answerTo(sample)).data?.items).toEqual([made]);
    }
  });

  it.each([
    ['processor/activity', 'updated'],
    ['processor/create', 'created'],
    ['processor/delete', 'deleted'],
    ['processor/update', 'updated'],
  ])('%s is %s', (sample, status) => {
    expect(answerTo(sample)).toMatchObject({ status });
  });

  it('table-stream/order-placed is projected and published', () => {
    expect(answerTo('table-stream/order-placed')).toEqual({ batchItemFailures: [] });
  });

  it('processor fails with a ValidationError, as Lambda names it, on an event that is not valid', async () => {
    stage().clone.write('.aviary/bad.json', '{"action":"explode","data":{}}');

    await expect(send('Processor', '.aviary/bad.json')).resolves.toMatchObject({
      errorType: 'ValidationError',
      errorMessage: expect.stringMatching(/^action: /) as string,
    });
  });

  it('leaves no container behind', async () => {
    await lambda.stop();

    const { stdout } = await run('docker', ['ps', '--quiet', '--filter', 'label=sam.cli.container.type=lambda']);

    expect(stdout).toBe('');
  });
});
