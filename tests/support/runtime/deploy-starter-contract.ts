import { randomUUID } from 'node:crypto';
import { AppError, UnavailableError } from '@shared/errors/app-error';
import type { DeployStarter, StartRequest } from '../../../functions/github-webhook/deploy-starter.ts';
import type { FakeAnswer } from './http-server.ts';

/** A starter over a service that the test can look into and break. */
// eslint-disable-next-line jest/no-export -- what the contract runs on
export interface StarterUnderTest {
  readonly starter: DeployStarter;
  /** The same for a workflow or pipeline that does not exist. */
  readonly misdirected: DeployStarter;
  readonly runs: () => number;
  /** How the service answers when it limits callers. */
  readonly throttled: FakeAnswer;
  readonly fail: (answer: FakeAnswer | undefined) => void;
  readonly close: () => Promise<void>;
}

const request = (): StartRequest => ({ ref: 'refs/heads/main', deliveryId: randomUUID() });

/** Declares what every starter does. */
// eslint-disable-next-line jest/no-export -- each adapter runs the same contract
export function deployStarterContract(make: () => Promise<StarterUnderTest>): void {
  let target: StarterUnderTest;

  beforeEach(async () => {
    target = await make();
  });

  afterEach(() => target.close());

  it('starts one run', async () => {
    await target.starter.start(request());

    expect(target.runs()).toBe(1);
  });

  it('starts a run for each delivery', async () => {
    await target.starter.start(request());
    await target.starter.start(request());

    expect(target.runs()).toBe(2);
  });

  it('can be asked again after a failure that passed', async () => {
    const again = request();
    target.fail({ status: 500, body: {} });
    await expect(target.starter.start(again)).rejects.toBeInstanceOf(UnavailableError);
    target.fail(undefined);

    await target.starter.start(again);

    expect(target.runs()).toBe(1);
  });

  it('is unavailable, with a time to wait, while the service limits it', async () => {
    target.fail(target.throttled);

    const failure: unknown = await target.starter.start(request()).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(UnavailableError);
    expect((failure as UnavailableError).retryAfterSeconds).toBeGreaterThan(0);
    expect(target.runs()).toBe(0);
  });

  it('is unavailable when the service does not answer', async () => {
    target.fail('hang');

    await expect(target.starter.start(request())).rejects.toBeInstanceOf(UnavailableError);
  });

  it('is unavailable when nobody listens', async () => {
    await target.close();

    await expect(target.starter.start(request())).rejects.toBeInstanceOf(UnavailableError);
  });

  it('calls a workflow or pipeline that does not exist a fault of ours', async () => {
    const failure: unknown = await target.misdirected.start(request()).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(Error);
    expect(failure).not.toBeInstanceOf(AppError);
    expect(target.runs()).toBe(0);
  });
}
