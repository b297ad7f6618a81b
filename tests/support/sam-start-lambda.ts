import { createServer } from 'node:net';
import type { RunSam } from '../../tools/lib/sam.ts';

/** `sam local start-lambda`, which keeps a container for each function that was invoked. */
export interface StartedLambda {
  /** What a function answers with. */
  readonly invoke: (logicalId: string, event: string) => Promise<unknown>;
  /** Ends it and its containers. */
  readonly stop: () => Promise<void>;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('There is no free port.');
  return address.port;
}

/** Starts it on a free port. @throws {Error} with what it said, when it ends instead */
export async function startLambda(sam: RunSam, args: readonly string[]): Promise<StartedLambda> {
  const port = await freePort();
  const end = new AbortController();
  const ended = Promise.withResolvers<unknown>();
  const said: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const onLine = (line: string): void => {
      said.push(line);
      if (line.includes('Running on http')) resolve();
    };
    const command = ['local', 'start-lambda', '--port', String(port), '--warm-containers', 'LAZY', ...args];
    sam(command, { onLine, signal: end.signal })
      .then(() => {
        reject(new Error(`sam local start-lambda ended:\n${said.join('\n')}`));
      }, reject)
      .finally(() => {
        ended.resolve(undefined);
      });
  });
  return {
    invoke: async (logicalId, event) => {
      const url = `http://127.0.0.1:${port}/2015-03-31/functions/${logicalId}/invocations`;
      const response = await fetch(url, { method: 'POST', body: event });
      const text = await response.text();
      if (!response.ok) throw new Error(`${response.status} ${text}\n${said.join('\n')}`);
      return JSON.parse(text) as unknown;
    },
    stop: async () => {
      end.abort();
      await ended.promise;
    },
  };
}
