import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { run } from '../../tools/lib/process.ts';
import { broken, cleanEnvironment, type Bench } from '../bench.ts';

/** What a start took, from the spawn of the process to its first question for an invocation. */
export interface Start {
  readonly ms: number;
  /** Of all threads of the process, in milliseconds: what other programs do meanwhile hardly changes it. */
  readonly cpuMs: number;
  /** The most resident memory until then, in MB. */
  readonly peakMb: number;
}

/** Starts a function once. @throws Failure where it does not load, with what it said */
export type StartFunction = (variables: Readonly<Record<string, string>>) => Promise<Start>;

/** Lambda's Runtime API on this machine, as far as a start goes; it ends with the scenario. */
export async function runtimeApi(bench: Bench): Promise<StartFunction> {
  let asked: (request: IncomingMessage) => void = () => undefined;
  const server = createServer((request, response) => {
    asked(request);
    response.end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  bench.atEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;

  return async (variables) => {
    const env = cleanEnvironment({ ...variables, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}` });
    const cwd = variables['LAMBDA_TASK_ROOT'] ?? bench.root;
    const started = performance.now();
    const question = new Promise<Start>((resolve, reject) => {
      asked = (request) => {
        const ms = performance.now() - started;
        if (request.url?.endsWith('/invocation/next') === true) resolve({ ms, ...costs(request) });
        else
          text(request).then((said) => {
            reject(broken(`The function of ${cwd} does not load:\n${said}`));
          }, reject);
      };
    });
    const { code, stderr } = await run(process.execPath, [join(import.meta.dirname, 'runtime.mjs')], {
      cwd,
      env,
      signal: bench.signal,
    });
    if (code !== 0) throw broken(`The function of ${cwd} ended at its start:\n${stderr}`);
    return await question;
  };
}

function costs({ headers }: IncomingMessage): Omit<Start, 'ms'> {
  return { cpuMs: Number(headers['bench-cpu-us']) / 1_000, peakMb: Number(headers['bench-peak-kb']) / 1_024 };
}
