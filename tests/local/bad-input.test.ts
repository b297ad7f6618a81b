// Needs the sample domain, and goes with it: aviary begin.
import { CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { chmodSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aviary, type Outcome } from '../support/aviary.ts';
import { useStage } from '../support/aviary-stage.ts';
import { Clone } from '../support/clone.ts';

/** One clear sentence, the next step, and no stack of calls; stdout is left to data. */
function expectRefusal({ code, stdout, stderr }: Outcome, ...said: (string | RegExp)[]): void {
  for (const each of said) expect(stderr).toMatch(each);
  expect(stderr).not.toMatch(/\n\s+at /);
  expect(stdout).toBe('');
  expect(code).toBe(2);
}

describe('on a machine that lacks something', () => {
  let clone: Clone;
  beforeAll(() => {
    clone = new Clone();
  });
  afterAll(() => {
    clone.delete();
  });
  /** A program that answers as a Python of a version does. */
  const pythonOf = (major: number, minor: number): string => {
    const file = join(clone.root, `.aviary/python${major}.${minor}`);
    clone.write(`.aviary/python${major}.${minor}`, `#!/bin/sh\necho "${major} ${minor} $0"\n`);
    chmodSync(file, 0o755);
    return file;
  };
  /** Environments that are not there yet. */
  const fresh = (): Record<string, string> => ({ AVIARY_VENVS: join(clone.root, '.aviary', 'fresh') });
  const closedPort = async (): Promise<number> => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, '127.0.0.1', () => {
        const address = server.address();
        resolve(typeof address === 'object' && address !== null ? address.port : 0);
      });
    });
    await new Promise((resolve) => server.close(resolve));
    return port;
  };

  it('a Python that is too old is named, with the version that is needed', async () => {
    const python = pythonOf(3, 9);

    const outcome = await aviary(clone.root, ['deploy'], { ...fresh(), AVIARY_PYTHON: python });

    expectRefusal(outcome, /^Python 3\.10 or newer is needed and this machine has 3\.9 .*: install a newer one/m);
  });

  it('a Python that does not run is named', async () => {
    const outcome = await aviary(clone.root, ['deploy'], { ...fresh(), AVIARY_PYTHON: join(tmpdir(), 'no-python') });

    expectRefusal(outcome, /^AVIARY_PYTHON names .*no-python, which does not run: give it the path of Python 3\.10/m);
  });

  it('no Python at all', async () => {
    const outcome = await aviary(clone.root, ['start', '--port', '0'], { ...fresh(), PATH: join(clone.root, 'tools') });

    expectRefusal(outcome, /^Python 3\.10 or newer is needed for the SAM CLI and was not found: install it/m);
  });

  it('a package index that cannot be reached', async () => {
    const index = `http://127.0.0.1:${await closedPort()}/simple`;

    const outcome = await aviary(clone.root, ['deploy'], {
      ...fresh(),
      PIP_INDEX_URL: index,
      PIP_EXTRA_INDEX_URL: '',
      PIP_FIND_LINKS: '',
      PIP_NO_CACHE_DIR: '1',
      PIP_RETRIES: '0',
    });

    expectRefusal(outcome, /pip could not install sam: see the message above \(network, proxy, disk\?\), then start/);
  });

  it('a local cloud that does not run', async () => {
    for (const command of [['plan'], ['deploy'], ['status'], ['explain', 'users'], ['compose']]) {
      const outcome = await aviary(clone.root, command);

      expectRefusal(outcome, 'error: The local cloud is not running.\nStart it in another terminal: npm start.\n');
    }
  });

  it('an account without credentials', async () => {
    const nowhere = { HOME: join(clone.root, '.aviary'), AWS_EC2_METADATA_DISABLED: 'true' };

    const outcome = await aviary(clone.root, ['plan', '--stage', 'staging'], nowhere);

    expectRefusal(
      outcome,
      'error: There are no AWS credentials for the stage staging.\nSign in (aws sso login), or set AWS_PROFILE.\n',
    );
  });

  it.each([
    [
      'a stage that is not there',
      ['plan', '--stage', 'stagin'],
      'There is no stage stagin in samconfig.toml.\nDid you mean staging? There are local, staging, production.\n',
    ],
    ['a command that is not there', ['deplyo'], 'There is no command deplyo.\nDid you mean deploy?\n'],
    ['a command of the launcher that is not there', ['chek'], 'There is no command chek.\nDid you mean check?\n'],
    [
      'an option that is nearly one',
      ['status', '--stge', 'local'],
      "Unknown option '--stge'\nDid you mean --stage? See: npm run aviary -- status --help\n",
    ],
    ['a layer that is not there', ['layer', 'share', '--out', 'x'], 'There is no layer share.\nDid you mean shared?\n'],
    ['a function that is not said', ['explain'], 'Which function?\n'],
    ['a port that is none', ['start', '--port', '4566x'], '--port 4566x is no port.\nTake a number from 0 to 65535.\n'],
  ])('%s', async (_what, args, said) => {
    expectRefusal(await aviary(clone.root, args), `error: ${said}`);
  });

  it.each(['plan', 'explain', 'deploy', 'status', 'compose', 'start', 'layer'])(
    'an option that %s does not have',
    async (command) => {
      const outcome = await aviary(clone.root, [command, '--fast']);

      expectRefusal(outcome, "Unknown option '--fast'", `See: npm run aviary -- ${command} --help\n`);
    },
  );

  it('a samconfig.toml that cannot be read as one', async () => {
    clone.append('samconfig.toml', '\n[local\n');

    const outcome = await aviary(clone.root, ['plan']);

    clone.reset();
    expectRefusal(outcome, /^error: samconfig\.toml: line \d+: .+\.\n/m);
  });
});

describe('on a stage that runs', () => {
  const stage = useStage();
  const look = async (): Promise<unknown> => [await stage().running(), await stage().artifacts()];
  let before: unknown;
  beforeAll(async () => {
    before = await look();
  });
  afterEach(() => {
    stage().clone.reset();
  });
  const deploy = (...args: string[]): Promise<Outcome> => aviary(stage().clone.root, ['deploy', ...args]);

  it('refuses a handler that does not compile, with file, line and column', async () => {
    stage().clone.edit('functions/users/handler.ts', 'export const handler = ', 'export const handler = = ');

    expectRefusal(
      await deploy(),
      /^error: functions\/users\/handler\.ts:\d+:24: .+\n .+\nMend the code .*nothing was/m,
    );
  });

  it('refuses an import of what is not there', async () => {
    stage().clone.edit('functions/users/handler.ts', './routes.ts', './roads.ts');

    expectRefusal(await deploy(), /^error: functions\/users\/handler\.ts:\d+:\d+: Could not resolve ".\/roads\.ts"/m);
  });

  it('refuses a function whose folder is missing', async () => {
    stage().clone.remove('functions/users');

    expectRefusal(
      await deploy(),
      'error: template.yaml: Users points at functions/users, which does not exist.\nMake the folder, or take Users out of the template.\n',
    );
  });

  it('refuses a function whose entry is missing', async () => {
    stage().clone.remove('functions/users/handler.ts');

    expectRefusal(
      await deploy(),
      /^error: template\.yaml: Users starts at functions\/users\/handler\.ts, which does not/m,
    );
  });

  it('refuses a template that is no YAML, with the line', async () => {
    stage().clone.append('template.yaml', 'Outputs: [\n');

    expectRefusal(await deploy(), /^error: template\.yaml:\d+:\d+: .+\.\nMend the file/m);
  });

  it('refuses a parameter that the template does not have, and a value that it does not allow', async () => {
    const { clone } = stage();
    clone.edit('samconfig.toml', '["Stage=local"', '["Stage=local", "LogRetention=30"');
    const unknown = await deploy();
    clone.reset();
    clone.edit('samconfig.toml', '["Stage=local"', '["Stage=local", "LogRetentionDays=31"');

    const refused = await deploy();

    expectRefusal(unknown, /sets the parameter LogRetention, which template\.yaml does not have\.\nDid you mean Log/);
    expectRefusal(refused, /The parameter LogRetentionDays cannot be "31": allowed are 1, 3, 5/);
  });

  it('refuses a function that is not there, and names the nearest', async () => {
    expectRefusal(await deploy('--only', 'user'), /There is no function user\.\nDid you mean users\?/);
    expectRefusal(
      await aviary(stage().clone.root, ['explain', 'helth']),
      'error: There is no function helth.\nDid you mean health?\n',
    );
  });

  it('refuses packages that are not installed as they are locked', async () => {
    stage().clone.edit('package-lock.json', /(?<="node_modules\/zod": \{\s+"version": ")[^"]+/, '99.0.0');

    expectRefusal(await deploy(), /^error: package-lock\.json says zod 99\.0\.0, installed is \d.*\nRun npm ci\.$/m);
  });

  it('refuses a stack that Aviary did not write', async () => {
    await stage().cloudFormation.send(
      new CreateStackCommand({
        StackName: 'foreign',
        TemplateBody: JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
      }),
    );
    stage().clone.edit('samconfig.toml', '"aviary-local"', '"foreign"');

    expectRefusal(
      await deploy(),
      'error: Aviary did not write the template of the stack foreign, so it cannot tell what runs there.\nGive the stage another stack_name',
    );
  });

  it('refuses a stack whose first deploy has failed, until it is deleted', async () => {
    const { clone, cloudFormation } = stage();
    await cloudFormation.send(
      new CreateStackCommand({
        StackName: 'failed',
        TemplateBody: JSON.stringify({
          Resources: { Queue: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 'impossible' } } },
        }),
      }),
    );
    const state = async (): Promise<string> => {
      const { Stacks = [] } = await cloudFormation.send(new DescribeStacksCommand({ StackName: 'failed' }));
      return Stacks[0]?.StackStatus ?? '';
    };
    while ((await state()).endsWith('_IN_PROGRESS')) await new Promise((resolve) => setTimeout(resolve, 50));
    clone.edit('samconfig.toml', '"aviary-local"', '"failed"');

    const outcome = await deploy();

    await expect(state()).resolves.toBe('ROLLBACK_COMPLETE');
    expectRefusal(
      outcome,
      'error: The stack failed was never made whole (ROLLBACK_COMPLETE), and cannot be updated.\nDelete it, then try again: npm run aviary -- recover --stage local.\n',
    );
  });

  it('has changed nothing with any of it', async () => {
    await expect(look()).resolves.toEqual(before);
  });
});
