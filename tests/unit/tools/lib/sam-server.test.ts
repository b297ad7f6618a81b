import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { environmentFolder, programsFolder } from '../../../../tools/lib/python-tools.ts';
import { startSamServer, type SamServer } from '../../../../tools/lib/sam-server.ts';
import { aFolder, put, repository } from '../../../support/engine/a-folder.ts';

describe('the SAM CLI that stays loaded', () => {
  let server: SamServer;
  afterEach(() => server.stop());

  it('runs one command after the other, each with its lines and its exit code', async () => {
    server = startSamServer(repository);
    const lines: string[] = [];

    const results = await Promise.all([
      server.run(['--version'], { onLine: (line) => lines.push(line) }),
      server.run(['of-which-there-is-none']),
    ]);

    expect(lines).toEqual([expect.stringMatching(/^SAM CLI, version /)]);
    expect(results.map(({ code }) => code)).toEqual([0, 2]);
    expect(results[1].stdout).toContain("No such command 'of-which-there-is-none'");
  });

  it('writes templates as JSON, whatever they were read as', async () => {
    const root = aFolder({
      'template.yaml': `Transform: AWS::Serverless-2016-10-31
Resources:
  Queue:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub 'später-\${AWS::Region}', Tags: [{ Key: since, Value: 2012-10-17 }] }
`,
    });
    server = startSamServer(repository);

    const { code } = await server.run(['build', '-t', join(root, 'template.yaml'), '-b', join(root, 'build')]);

    const Tags = [{ Key: 'since', Value: '2012-10-17' }];
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(join(root, 'build', 'template.yaml'), 'utf8'))).toEqual({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: { 'Fn::Sub': 'später-${AWS::Region}' }, Tags } },
      },
    });
  });

  it('is another process that has it loaded, where there is one', async () => {
    const socket = join(aFolder({}), 'sam');
    const program = join(repository, 'tools', 'lib', 'sam-server.py');
    const sharing = spawn(join(programsFolder(repository, 'sam'), 'python'), [program, '--share', socket]);
    try {
      await once(sharing.stdout, 'data');
      process.env['AVIARY_SHARED_SAM'] = socket;
      server = startSamServer(repository);

      const { code, stdout } = await server.run(['--version']);

      expect([code, stdout]).toEqual([0, expect.stringMatching(/^SAM CLI, version /)]);
    } finally {
      sharing.kill('SIGKILL');
    }
    await once(sharing, 'close');
    await server.stop();
    server = startSamServer(repository);
    delete process.env['AVIARY_SHARED_SAM'];
    // So it was this one.
    await expect(server.run(['--version'])).rejects.toThrow(
      /^The SAM CLI has ended unexpectedly[^]*Connection refused/,
    );
  });

  it('ends with the command that is aborted', async () => {
    server = startSamServer(repository);
    const controller = new AbortController();
    const onLine = (): void => {
      controller.abort();
    };

    await expect(server.run(['--help'], { onLine, signal: controller.signal })).rejects.toThrow('aborted');
    await expect(server.run(['--version'])).rejects.toThrow('The SAM CLI has ended');
  });

  it('says why it cannot be loaded', async () => {
    const program = 'tools/lib/sam-server.py';
    const root = aFolder({ 'tools/requirements/sam.txt': '', [program]: '' });
    const environment = environmentFolder(root, 'sam');
    put(environment, { '.aviary-stamp': '' });
    mkdirSync(join(environment, 'bin'), { recursive: true });
    // An environment in which it is not installed.
    symlinkSync(realpathSync(join(programsFolder(repository, 'sam'), 'python')), join(environment, 'bin', 'python'));
    copyFileSync(join(repository, program), join(root, program));
    server = startSamServer(root);

    await expect(server.run(['--version'])).rejects.toThrow(/unexpectedly\.\n[^]*No module named 'samcli'/);
  });
});
