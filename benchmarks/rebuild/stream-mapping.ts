import {
  CreateEventSourceMappingCommand,
  DeleteEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
} from '@aws-sdk/client-lambda';
import { localClient } from '../../tools/local/environment.ts';
import { broken } from '../bench.ts';

const FunctionName = 'aviary-table-stream-local';

/**
 * Lets `work` write to the events table without the function hearing of it; what is written afterwards it hears of. An
 * account would have worked off the stream long ago.
 */
export async function unheard(endpoint: string, work: () => Promise<void>): Promise<void> {
  const lambda = new LambdaClient(localClient(endpoint));
  try {
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
    const mapping = EventSourceMappings.find((it) => it.FunctionArn?.includes(FunctionName) === true);
    if (mapping?.UUID === undefined) throw broken('The stream of the events table has no function.');
    await lambda.send(new DeleteEventSourceMappingCommand({ UUID: mapping.UUID }));
    await work();
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: `${FunctionName}:live`,
        EventSourceArn: mapping.EventSourceArn,
        StartingPosition: 'LATEST',
        BatchSize: 100,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
      }),
    );
  } finally {
    lambda.destroy();
  }
}
