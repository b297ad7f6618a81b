import { createServer } from 'node:net';
import { Failure } from '../lib/failure.ts';

/**
 * A port on which this machine alone can be reached: the given one, or any free one for 0.
 * @param option with which another one is chosen
 * @throws Failure when it is taken
 */
export async function claimPort(port: number, option = '--port'): Promise<number> {
  const server = createServer();
  return await new Promise((resolve, reject) => {
    server.once('error', (error) => {
      reject(portTaken(port, option, error));
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      server.close(() => {
        resolve(typeof address === 'object' && address !== null ? address.port : port);
      });
    });
  });
}

/** @param option with which another one is chosen */
export function portTaken(port: number, option: string, cause: unknown): Failure {
  return new Failure(
    `Port ${port} is in use by another program.`,
    `Stop that program, or choose another port with \`${option}\`.`,
    { cause },
  );
}
