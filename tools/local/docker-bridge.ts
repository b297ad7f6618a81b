import { createServer, connect, type Server } from 'node:net';
import { Failure } from '../lib/failure.ts';
import { run } from '../lib/process.ts';

/**
 * Lets containers of this machine reach the local cloud, which listens on the loopback alone: passes on what comes in on
 * the address that this machine has in Docker's network. That network is not reached from outside.
 * @returns how to stop it; at once, also open connections
 * @throws Failure on Linux where Docker does not run, and where the port is taken there
 */
export async function openToDocker(port: number): Promise<() => void> {
  // Docker Desktop takes its containers to this machine's loopback by itself.
  if (process.platform !== 'linux') return () => undefined;
  const address = await gateway();
  const server = createServer((incoming) => {
    const outgoing = connect(port, '127.0.0.1');
    incoming.pipe(outgoing).pipe(incoming);
    incoming.on('error', () => outgoing.destroy());
    outgoing.on('error', () => incoming.destroy());
  });
  await listen(server, port, address);
  // What is open ends with the cloud; it is not to keep this process.
  server.on('connection', (socket) => socket.unref());
  server.unref();
  return () => {
    server.close();
  };
}

/** Asked of Docker, since Node.js does not list an interface while no container is attached to it. */
async function gateway(): Promise<string> {
  const format = '{{range .IPAM.Config}}{{.Gateway}} {{.Subnet}}{{end}}';
  const { code, stdout } = await run('docker', ['network', 'inspect', 'bridge', '--format', format]);
  const [named = '', subnet = ''] = stdout.trimEnd().split(' ');
  if (code === 0 && named !== '') return named;
  // Docker leaves it out where nobody chose one: it is then the first address of the network.
  if (code === 0 && subnet !== '') return subnet.replace(/0\/\d+$/, '1');
  throw new Failure('Docker does not answer.', 'Start Docker first, or leave out --docker.');
}

function listen(server: Server, port: number, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => {
      reject(
        new Failure(`Port ${port} is taken on ${address} (${cause.message}).`, 'Take another one with --port.', {
          cause,
        }),
      );
    });
    server.listen(port, address, resolve);
  });
}
