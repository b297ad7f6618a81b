import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { localClient } from '../../tools/local/environment.ts';

/**
 * Holds the heap of a function's `live` version to so many MB; one that needs more ends with an error. The local cloud
 * itself holds no function to its memory.
 */
export async function limitHeap(endpoint: string, FunctionName: string, megabytes: number): Promise<void> {
  const lambda = new LambdaClient(localClient(endpoint));
  try {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const Variables = { ...Environment?.Variables, NODE_OPTIONS: `--max-old-space-size=${megabytes}` };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    const { Version: FunctionVersion } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    await lambda.send(new UpdateAliasCommand({ FunctionName, Name: 'live', FunctionVersion }));
  } finally {
    lambda.destroy();
  }
}
