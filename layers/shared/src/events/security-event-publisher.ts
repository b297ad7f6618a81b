import type { SecurityEvent } from '@shared/contracts/security-events';
import type { KinesisClient } from '@aws-sdk/client-kinesis';

/** Tells the security stream of what somebody tried. */
export type PublishSecurityEvent = (event: SecurityEvent) => Promise<void>;

/**
 * The publisher of a function; call it once, outside the handler. Its client is loaded at the first event: who is never
 * attacked never pays for it.
 */
export function createSecurityEventPublisher(streamName: string): PublishSecurityEvent {
  let client: Promise<KinesisClient> | undefined;
  return async (event) => {
    const sdk = await import('@aws-sdk/client-kinesis');
    client ??= connect();
    const Data = Buffer.from(JSON.stringify(event));
    await (await client).send(new sdk.PutRecordCommand({ StreamName: streamName, PartitionKey: event.source, Data }));
  };
}

async function connect(): Promise<KinesisClient> {
  const { captureClient } = await import('@shared/observability/tracer');
  const sdk = await import('@aws-sdk/client-kinesis');
  const http = await import('@smithy/node-http-handler');
  // Somebody waits for the answer meanwhile: an event that is not stored within a second is lost.
  const limits = { connectionTimeout: 500, requestTimeout: 1_000, throwOnRequestTimeout: true };
  // This client would speak HTTP/2, whose one session does not outlive the time that Lambda freezes a function.
  return captureClient(new sdk.KinesisClient({ requestHandler: new http.NodeHttpHandler(limits), maxAttempts: 1 }));
}
