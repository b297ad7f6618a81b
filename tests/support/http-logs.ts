import { setTimeout as sleep } from 'node:timers/promises';
import { localRegion } from '../../tools/local/environment.ts';

/** One line that a function has logged as JSON. */
export type LogLine = Readonly<Record<string, unknown>>;

/** All that a log group of the local cloud has. (The SDK's client for logs is in none of our packages.) */
export async function logMessages(endpoint: string, logGroupName: string): Promise<string[]> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'Logs_20140328.FilterLogEvents',
      authorization: `AWS4-HMAC-SHA256 Credential=test/20250101/${localRegion}/logs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify({ logGroupName, limit: 10_000 }),
  });
  const { events = [] } = (await response.json()) as { events?: { message: string }[] };
  return events.map(({ message }) => message);
}

/** The JSON lines of a log group of the local cloud. */
export async function logLines(endpoint: string, logGroupName: string): Promise<LogLine[]> {
  const messages = await logMessages(endpoint, logGroupName);
  return messages.flatMap((message) => (message.startsWith('{') ? [JSON.parse(message) as LogLine] : []));
}

/** Waits for lines that are written after the answer; gives up, with what there is, after some seconds. */
export async function awaitLogLines(
  endpoint: string,
  logGroupName: string,
  enough: (lines: readonly LogLine[]) => boolean,
): Promise<LogLine[]> {
  for (let attempt = 0; ; attempt += 1) {
    const lines = await logLines(endpoint, logGroupName);
    if (enough(lines) || attempt === 100) return lines;
    await sleep(100);
  }
}
