import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { redisOptions } from '@shared/cache/redis-cache';
import { Redis } from 'ioredis';
import { eventually } from './eventually.ts';

/** What a busy machine may take, in milliseconds: in tests, a Redis that is slow is no Redis that is away. */
const patience = { connectTimeout: 10_000, commandTimeout: 10_000, socketTimeout: 10_000 };

/** `describe` where this machine has a Redis, else one that is left out. */
export const describeWithRedis = spawnSync('redis-server', ['--version']).status === 0 ? describe : describe.skip;

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Ends a client that has been connected, and waits until its connection is closed. */
async function disconnect(client: Redis): Promise<void> {
  // Not `once` of node:events, which rejects when there is an error meanwhile.
  const event = (name: string): Promise<void> =>
    new Promise(
      (resolve) =>
        void client.once(name, () => {
          resolve();
        }),
    );
  if (client.status === 'end') return;
  // One that is between two connections has none to close, and ioredis would wait two seconds for it.
  if (client.status === 'reconnecting') await event('connect');
  const closed = event('end');
  client.disconnect();
  await closed;
}

export interface TestRedis {
  /** Valid from the first `beforeAll` on. */
  readonly port: number;
  /** What is closed after the last test, before the Redis stops; a test may add to it. */
  readonly clients: Redis[];
  readonly connect: () => Redis;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Gives the tests a Redis of their own, which keeps nothing on disk. */
export function useRedis(): TestRedis {
  let port = 0;
  let server: ChildProcess;
  const clients: Redis[] = [];
  const connect = (): Redis => {
    const client = new Redis(`redis://127.0.0.1:${port}`, { ...redisOptions, ...patience });
    client.on('error', () => undefined);
    clients.push(client);
    return client;
  };
  const start = async (): Promise<void> => {
    server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
    const client = connect();
    await eventually(
      () => client.ping().catch(() => ''),
      (said) => said === 'PONG',
    );
  };
  const stop = async (): Promise<void> => {
    server.kill();
    await once(server, 'exit');
  };
  beforeAll(async () => {
    port = await freePort();
    await start();
  });
  afterAll(async () => {
    await Promise.all(clients.map(disconnect));
    await stop();
  });
  return {
    clients,
    connect,
    start,
    stop,
    get port() {
      return port;
    },
  };
}
