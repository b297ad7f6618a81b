import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CreateFunctionCommand, InvokeCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { CreateQueueCommand, GetQueueUrlCommand, SQSClient } from '@aws-sdk/client-sqs';
import { isRunning } from '../../../../tools/lib/process-tree.ts';
import { programsFolder } from '../../../../tools/lib/python-tools.ts';
import { type Cloud, type CloudOptions, readCloud, startCloud } from '../../../../tools/local/cloud.ts';
import { localClient, localEndpoint } from '../../../../tools/local/environment.ts';
import { readRecord, writeRecord } from '../../../../tools/local/record.ts';
import { repository } from '../../../support/cloud.ts';
import { gone } from './gone.ts';

describe('the local cloud', () => {
  let directory = '';
  let started: Cloud[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'aviary-test-'));
    started = [];
  });
  afterEach(async () => {
    await Promise.all(started.map((cloud) => cloud.stop()));
    rmSync(directory, { recursive: true, force: true });
  });

  async function start(options: Partial<CloudOptions> = {}): Promise<Cloud> {
    const cloud = await startCloud({ root: repository, directory, port: 0, ...options });
    started.push(cloud);
    return cloud;
  }

  function lambda(cloud: Pick<Cloud, 'endpoint'>): LambdaClient {
    return new LambdaClient(localClient(cloud.endpoint));
  }

  /** Makes a function of one line and calls it. */
  async function invoke(cloud: Pick<Cloud, 'endpoint'>, handler: string): Promise<unknown> {
    writeFileSync(join(directory, 'index.js'), `exports.handler = async () => (${handler});`);
    const python = join(programsFolder(repository, 'ministack'), 'python');
    execFileSync(python, ['-m', 'zipfile', '-c', 'code.zip', 'index.js'], { cwd: directory });
    await lambda(cloud).send(
      new CreateFunctionCommand({
        FunctionName: 'probe',
        Runtime: 'nodejs24.x',
        Role: 'arn:aws:iam::000000000000:role/probe',
        Handler: 'index.handler',
        Code: { ZipFile: readFileSync(join(directory, 'code.zip')) },
      }),
    );
    return await invokeAgain(cloud);
  }

  async function invokeAgain(cloud: Pick<Cloud, 'endpoint'>): Promise<unknown> {
    const { Payload } = await lambda(cloud).send(new InvokeCommand({ FunctionName: 'probe' }));
    return JSON.parse(Payload?.transformToString() ?? 'null');
  }

  test('says where it is while it runs, and nothing after', async () => {
    const cloud = await start();

    expect(cloud.endpoint).toBe(`http://127.0.0.1:${cloud.port}`);
    expect(await readCloud(directory)).toMatchObject({ port: cloud.port, owner: process.pid });

    await cloud.stop();
    await cloud.stop();

    expect(await cloud.ended).toBe(true);
    expect(await readCloud(directory)).toBeUndefined();
    expect(readdirSync(directory)).toEqual(['ministack.log']);
  });

  test("runs functions on Lambda's Node.js, without this machine's secrets, and ends them with it", async () => {
    process.env['GITHUB_TOKEN'] = 'secret';
    const cloud = await start();

    const answer = await invoke(
      cloud,
      '{ pid: process.pid, node: process.versions.node.split(".")[0], tmp: require("os").tmpdir(), zone: process.env.TZ, secret: process.env.GITHUB_TOKEN }',
    );
    delete process.env['GITHUB_TOKEN'];
    const { pid, tmp, ...rest } = answer as { pid: number; tmp: string };
    expect(rest).toEqual({ node: '24', zone: 'UTC' });
    expect(isRunning(pid)).toBe(true);

    await cloud.stop();

    expect(await gone(pid)).toBe(true);
    expect(existsSync(tmp)).toBe(false);
  });

  test('has a function that has thrown remember what it did, and starts one anew that has ended', async () => {
    const cloud = await start();
    const handler = `(globalThis.count = (globalThis.count ?? 0) + 1) === 3 ? process.exit(1) : Promise.reject(new Error('time ' + count))`;

    const answers = [await invoke(cloud, handler), await invokeAgain(cloud), await invokeAgain(cloud)];

    const error = (errorMessage: string): object => ({ errorMessage, errorType: 'Runtime.HandlerError' });
    expect(answers).toEqual([error('time 1'), error('time 2'), error('Worker process died')]);
    await expect(invokeAgain(cloud)).resolves.toEqual(error('time 1'));
  });

  test('stops when the signal aborts', async () => {
    const controller = new AbortController();
    const cloud = await start({ signal: controller.signal });

    controller.abort();

    expect(await cloud.ended).toBe(true);
    expect(await readCloud(directory)).toBeUndefined();
  });

  test('keeps what was made when asked to', async () => {
    const first = await start({ keep: true });
    await invoke(first, '1');
    await first.stop();

    const second = await start({ keep: true });

    const { Functions } = await lambda(second).send(new ListFunctionsCommand());
    expect(Functions?.map(({ FunctionName }) => FunctionName)).toEqual(['probe']);
  });

  test('has the queues that it kept on the port that it gets', async () => {
    const queue = (cloud: Cloud): SQSClient => new SQSClient(localClient(cloud.endpoint));
    const first = await start({ keep: true });
    await queue(first).send(new CreateQueueCommand({ QueueName: 'probe' }));
    await first.stop();
    // So that the port is another one, also where it would be chosen again.
    const server = createServer().listen(first.port, '127.0.0.1');
    await once(server, 'listening');

    const second = await start({ keep: true });

    server.close();
    const { QueueUrl = '' } = await queue(second).send(new GetQueueUrlCommand({ QueueName: 'probe' }));
    expect(new URL(QueueUrl).port).toBe(String(second.port));
  });

  test('names a port that is taken, and the way out', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as { port: number };

    await expect(start({ port })).rejects.toThrow(
      `Port ${port} is in use by another program. Stop that program, or choose another port with \`--port\`.`,
    );
    server.close();
  });

  test('runs once per folder', async () => {
    const { port } = await start();

    await expect(start()).rejects.toThrow(`The local cloud runs already, on port ${port}`);
  });

  test('shows the last words of a MiniStack that does not come up', async () => {
    const broken = { MINISTACK_DOCKER_TIMEOUT: 'many' };

    await expect(start({ environment: broken })).rejects.toThrow(
      /The local cloud did not start on port \d+:\n[^]*could not convert[^]*ministack\.log/,
    );
    expect(readRecord(directory)).toBeUndefined();
  });

  test('says when MiniStack has died', async () => {
    const cloud = await start();

    process.kill(readRecord(directory)?.pid ?? 0, 'SIGKILL');

    expect(await cloud.ended).toBe(false);
    expect(await readCloud(directory)).toBeUndefined();
  });

  test('is stopped by the next start where the process that started it is gone', async () => {
    const lost = await start();
    const record = readRecord(directory);
    if (record !== undefined) writeRecord(directory, { ...record, owner: spawnSync('true').pid });

    const said = await startSaying();

    expect(said).toBe(`Stopping the local cloud on port ${lost.port} that an earlier session left behind.\n`);
    expect(await lost.ended).toBe(false);
    expect(await readCloud(directory)).toMatchObject({ port: started.at(-1)?.port });
  });

  /** What a next start says. */
  async function startSaying(): Promise<string> {
    const said: string[] = [];
    const write = jest.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    await start();
    write.mockRestore();
    return said.join('');
  }

  /** A process that has started a cloud. */
  async function startElsewhere(): Promise<ChildProcess> {
    const module = pathToFileURL(join(repository, 'tools', 'local', 'cloud.ts')).href;
    const script = `import { startCloud } from '${module}';
      await startCloud(${JSON.stringify({ root: repository, directory, port: 0 })}); console.log('up');`;
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(owner.stdout, 'data');
    return owner;
  }

  test('does not outlive a process that is killed', async () => {
    const owner = await startElsewhere();
    const pid = readRecord(directory)?.pid ?? 0;
    expect(isRunning(pid)).toBe(true);

    owner.kill('SIGKILL');

    expect(await gone(pid)).toBe(true);
    expect(await readCloud(directory)).toBeUndefined();
    expect(existsSync(join(directory, 'cloud.json'))).toBe(false);
  });

  test('that is killed together with the process that started it has the next start end its functions, and say so', async () => {
    const owner = await startElsewhere();
    const { pid = 0, port = 0, scratch = '' } = readRecord(directory) ?? {};
    // It would not end by itself.
    const endless = '(setInterval(() => undefined, 1000), process.pid)';
    const worker = Number(await invoke({ endpoint: localEndpoint(port) }, endless));

    owner.kill('SIGKILL');
    process.kill(pid, 'SIGKILL');
    await gone(pid);
    const before = [isRunning(worker), existsSync(scratch)];
    const said = await startSaying();

    expect(before).toEqual([true, true]);
    expect(said).toBe(`Clearing away what is left of the local cloud on port ${port}, which was killed.\n`);
    expect([await gone(worker), existsSync(scratch)]).toEqual([true, false]);
  });

  test('is not taken for another program on its port', async () => {
    const cloud = await start();
    const record = readRecord(directory);
    if (record !== undefined) writeRecord(directory, { ...record, id: 'another' });

    expect(await readCloud(directory)).toBeUndefined();
    await cloud.stop();
  });
});
