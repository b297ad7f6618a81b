import type { FunctionConfiguration, LambdaClient } from '@aws-sdk/client-lambda';
import { Failure } from '../lib/failure.ts';
import type { JsonObject } from '../lib/json.ts';
import { asking, lambdaClient, type Connection } from '../stack/connection.ts';
import { invokeVersion, type Invoked } from './invoke-version.ts';

export interface TuneOptions {
  /** The function's name in Lambda. */
  readonly functionName: string;
  /** MB, each of them once. */
  readonly sizes: readonly number[];
  /** How often each size is invoked. */
  readonly runs: number;
  readonly event: JsonObject;
  /** Ends the measurement; what it has made is taken back all the same. */
  readonly signal: AbortSignal;
  readonly onSize: (memoryMb: number) => void;
}

/** What a memory size did. */
export interface SizeResult {
  readonly memoryMb: number;
  readonly invocations: readonly Invoked[];
}

const patienceSeconds = 120;

/**
 * Measures memory sizes of a function by the method of AWS Lambda Power Tuning: `$LATEST` gets a size, a version of it is
 * published and invoked. The alias `live` stays where it is, so that no caller notices. Afterwards, whatever happened, the versions
 * are gone and `$LATEST` has what it had, so that the stack's record is true again.
 * @throws Failure for an event that the function fails on, and where somebody else changes the function meanwhile
 */
export async function tuneFunction(connection: Connection, options: TuneOptions): Promise<SizeResult[]> {
  const { GetFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  const { functionName: FunctionName, signal } = options;
  const before = await asking(connection, client.send(new GetFunctionConfigurationCommand({ FunctionName })));
  const latest = new LatestVersion(client, before);
  const made: string[] = [];
  const results: SizeResult[] = [];
  try {
    for (const memoryMb of options.sizes) {
      signal.throwIfAborted();
      options.onSize(memoryMb);
      await asking(connection, latest.change(memoryMb, `tune ${memoryMb} MB, from ${before.MemorySize ?? ''} MB`));
      const version = await asking(connection, latest.publish());
      made.push(version);
      await asking(connection, latest.awaitActive(version));
      results.push({
        memoryMb,
        invocations: await invokeVersion(connection, client, { ...options, version, memoryMb }),
      });
    }
    return results;
  } finally {
    // What is measured may have been interrupted; what takes it back is not.
    try {
      await asking(connection, latest.restore());
    } finally {
      for (const version of made) await asking(connection, latest.remove(version));
      client.destroy();
    }
  }
}

/** `$LATEST` of a function, which is changed only as long as nobody else has changed it. */
class LatestVersion {
  readonly #client: LambdaClient;
  readonly #before: FunctionConfiguration;
  #revision: string | undefined;
  #isChanged = false;

  constructor(client: LambdaClient, before: FunctionConfiguration) {
    this.#client = client;
    this.#before = before;
    this.#revision = before.RevisionId;
  }

  async change(memoryMb: number | undefined, description: string): Promise<void> {
    const {
      GetFunctionConfigurationCommand,
      PreconditionFailedException,
      UpdateFunctionConfigurationCommand,
      waitUntilFunctionUpdatedV2,
    } = await import('@aws-sdk/client-lambda');
    const { FunctionName } = this.#before;
    const input = { FunctionName, MemorySize: memoryMb, Description: description, RevisionId: this.#revision };
    try {
      await this.#client.send(new UpdateFunctionConfigurationCommand(input));
      this.#isChanged = true;
    } catch (error) {
      if (!(error instanceof PreconditionFailedException)) throw error;
      const problem = `Somebody else has changed ${FunctionName ?? ''} meanwhile; its $LATEST was left as it is.`;
      throw new Failure(problem, 'Look with npm run aviary -- drift, and deploy again.', { cause: error });
    }
    await waitUntilFunctionUpdatedV2({ client: this.#client, maxWaitTime: patienceSeconds }, { FunctionName });
    const { RevisionId } = await this.#client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    this.#revision = RevisionId;
  }

  /** @returns the number of the version; a new one, since the description differs from that of every other */
  async publish(): Promise<string> {
    const { PublishVersionCommand } = await import('@aws-sdk/client-lambda');
    const { FunctionName, CodeSha256 } = this.#before;
    const { Version = '' } = await this.#client.send(new PublishVersionCommand({ FunctionName, CodeSha256 }));
    return Version;
  }

  async awaitActive(version: string): Promise<void> {
    const { waitUntilFunctionActiveV2 } = await import('@aws-sdk/client-lambda');
    const waiter = { client: this.#client, maxWaitTime: patienceSeconds };
    await waitUntilFunctionActiveV2(waiter, { FunctionName: this.#before.FunctionName, Qualifier: version });
  }

  async remove(version: string): Promise<void> {
    const { DeleteFunctionCommand } = await import('@aws-sdk/client-lambda');
    await this.#client.send(new DeleteFunctionCommand({ FunctionName: this.#before.FunctionName, Qualifier: version }));
  }

  async restore(): Promise<void> {
    if (this.#isChanged) await this.change(this.#before.MemorySize, this.#before.Description ?? '');
  }
}
