import { GetAliasCommand, InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { lambdaClient, type Connection } from '../../../../tools/stack/connection.ts';
import { limitCalls } from '../../../../tools/stack/limit-calls.ts';
import { aStage } from '../../../support/engine/a-stage.ts';

/** Lambda's control plane as its quotas have it: of the calls within any second it takes 15, and no more. */
class ControlPlane {
  readonly arrived: number[] = [];
  refused = 0;
  /** Calls that it is too busy for all the same. */
  busy = 0;

  handle(): Promise<{ response: { statusCode: number; headers: Record<string, string>; body: Uint8Array } }> {
    const now = Date.now();
    this.arrived.push(now);
    const isTooMany = this.arrived.filter((at) => at > now - 1000).length > 15;
    if (isTooMany) this.refused += 1;
    const isBusy = this.busy > 0 && this.arrived.length % 4 === 0;
    if (isBusy) this.busy -= 1;
    return Promise.resolve({ response: isTooMany || isBusy ? tooMany() : answer('{"FunctionVersion":"7"}') });
  }
}

const body = (text: string): Uint8Array => new TextEncoder().encode(text);
const headers = { 'content-type': 'application/json' };
const answer = (text: string): { statusCode: number; headers: Record<string, string>; body: Uint8Array } => ({
  ...{ statusCode: 200, headers, body: body(text) },
});
const tooMany = (): ReturnType<typeof answer> => ({
  ...answer('{"Reason":"CallerRateLimitExceeded"}'),
  statusCode: 429,
  headers: { ...headers, 'x-amzn-errortype': 'TooManyRequestsException' },
});

describe('limitCalls', () => {
  let plane: ControlPlane;
  const client = (): LambdaClient =>
    limitCalls(
      new LambdaClient({
        ...{ region: 'eu-west-1', maxAttempts: 6, retryMode: 'adaptive', requestHandler: plane },
        credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      }),
    );
  beforeEach(() => {
    jest.useFakeTimers();
    plane = new ControlPlane();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  const versions = async (clients: readonly LambdaClient[], calls: number): Promise<(string | undefined)[]> => {
    const sent = Array.from({ length: calls }, async (_, at) => {
      const command = new GetAliasCommand({ FunctionName: `f${at}`, Name: 'live' });
      return (await clients[at % clients.length]?.send(command))?.FunctionVersion;
    });
    const all = { ended: false };
    const answers = Promise.all(sent).finally(() => (all.ended = true));
    while (!all.ended) await jest.advanceTimersByTimeAsync(50);
    return await answers;
  };

  it('keeps all clients of a process together below what Lambda takes', async () => {
    await expect(versions([client(), client(), client()], 100)).resolves.toEqual(Array(100).fill('7'));
    expect(plane).toMatchObject({ refused: 0 });
    expect(plane.arrived).toHaveLength(100);
  });

  it('repeats what Lambda was too busy for, below the limit too', async () => {
    plane.busy = 8;

    await expect(versions([client()], 40)).resolves.toEqual(Array(40).fill('7'));
    expect(plane).toMatchObject({ refused: 0, busy: 0 });
    expect(plane.arrived).toHaveLength(48);
  });

  it('leaves invocations alone: they have no such limit', async () => {
    const lambda = client();
    const started = Date.now();
    const all = Promise.all(Array.from({ length: 15 }, () => lambda.send(new InvokeCommand({ FunctionName: 'f' }))));
    await jest.advanceTimersByTimeAsync(0);

    await expect(all).resolves.toHaveLength(15);
    expect(plane.arrived.every((at) => at === started)).toBe(true);
  });
});

describe('lambdaClient', () => {
  const stage = aStage('staging');
  const steps = async (endpoint: Connection['endpoint']): Promise<string> =>
    (await lambdaClient({ root: '/', stage, endpoint })).middlewareStack.identify().join(' ');

  it('is limited in an account, and not on the local cloud', async () => {
    expect(await steps(undefined)).toContain('limitCalls');
    expect(await steps('http://127.0.0.1:9')).not.toContain('limitCalls');
  });
});
