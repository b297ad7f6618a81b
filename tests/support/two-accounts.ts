import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { CloudFormationClient, GetTemplateCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { type Cloud, startCloud } from '../../tools/local/cloud.ts';
import { localEnvironment, localClient } from '../../tools/local/environment.ts';
import { programsFolder } from '../../tools/lib/python-tools.ts';
import { aviary, type Outcome } from './aviary.ts';
import { Clone } from './clone.ts';

export type Account = 'staging' | 'production';

const bucket = 'aviary-artifacts';

/**
 * A clone whose stages staging and production are two local clouds that stand for two accounts. What the local cloud
 * cannot run (canaries, alarms) is left out of both, as it is of the local stage.
 */
export class TwoAccounts {
  readonly clone: Clone;
  readonly #clouds: Readonly<Record<Account, Cloud>>;

  private constructor(clone: Clone, clouds: Readonly<Record<Account, Cloud>>) {
    this.clone = clone;
    this.#clouds = clouds;
  }

  static async make(): Promise<TwoAccounts> {
    const clone = new Clone();
    const start = (name: Account): Promise<Cloud> =>
      startCloud({ root: clone.root, directory: join(clone.root, '.aviary', `cloud-${name}`), port: 0 });
    const [staging, production] = await Promise.all([start('staging'), start('production')]);
    const two = new TwoAccounts(clone, { staging, production });
    clone.edit('template.yaml', 'Parameters:\n', 'Parameters:\n  ApiBase:\n    Type: String\n    Default: none\n');
    clone.edit(
      'template.yaml',
      /Value: !Sub https:\/\/\$\{Api\}\.\S+\/\$\{Stage\}\n/,
      'Value: !Sub ${ApiBase}/${Api}/${Stage}\n',
    );
    for (const [name, { port }] of Object.entries({ staging, production })) {
      const base = `"ApiBase=http://localhost:${port}/_aws/execute-api"`;
      clone.edit('samconfig.toml', `["Stage=${name}", 'EndpointUrl=""']`, `["Stage=local", 'EndpointUrl=""', ${base}]`);
      await two.#s3(name === 'staging' ? 'staging' : 'production');
    }
    clone.edit('samconfig.toml', /resolve_s3 = true/, `s3_bucket = "${bucket}"`);
    clone.edit('samconfig.toml', /resolve_s3 = true/, `s3_bucket = "${bucket}"`);
    clone.commit('Two accounts');
    return two;
  }

  async #s3(account: Account): Promise<void> {
    const client = this.s3(account);
    await client.send(new CreateBucketCommand({ Bucket: bucket }));
    client.destroy();
  }

  s3(account: Account): S3Client {
    return new S3Client({ ...this.#config(account), forcePathStyle: true });
  }

  /** `aviary …` with an account's credentials. */
  aviary(account: Account, args: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Outcome> {
    return aviary(this.clone.root, args, { ...this.#environment(account), ...more });
  }

  /** As {@link aviary}; what it wrote to stdout, and an error where it failed. */
  async done(account: Account, args: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await this.aviary(account, args);
    if (code !== 0) throw new Error(`aviary ${args.join(' ')} ended with ${String(code)}:\n${stdout}${stderr}`);
    return stdout;
  }

  /** Plain `sam …` with an account's credentials. */
  async sam(account: Account, args: readonly string[]): Promise<void> {
    const child = spawn('sam', args, {
      cwd: this.clone.root,
      env: { ...process.env, ...this.#environment(account) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject).once('close', resolve);
    });
    if (code !== 0) throw new Error(`sam ${args.join(' ')} ended with ${String(code)}:\n${said}`);
  }

  /** Base64 sha256 of the package behind `live`. */
  async codeSha256(account: Account, name: string): Promise<string | undefined> {
    const client = new LambdaClient(this.#config(account));
    const command = new GetFunctionConfigurationCommand({ FunctionName: `aviary-${name}-local`, Qualifier: 'live' });
    const { CodeSha256 } = await client.send(command);
    client.destroy();
    return CodeSha256;
  }

  /** What CloudFormation has; undefined where there is no stack. */
  async template(account: Account): Promise<string | undefined> {
    const client = new CloudFormationClient(this.#config(account));
    try {
      const command = new GetTemplateCommand({ StackName: `aviary-${account}`, TemplateStage: 'Original' });
      return (await client.send(command)).TemplateBody;
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationError') return undefined;
      throw error;
    } finally {
      client.destroy();
    }
  }

  async end(): Promise<void> {
    await Promise.all(Object.values(this.#clouds).map((cloud) => cloud.stop()));
    this.clone.delete();
  }

  #config(account: Account) {
    const { endpoint } = this.#clouds[account];
    return localClient(endpoint);
  }

  /** Of a job of the account: its credentials, and the pinned SAM CLI first on the path. */
  #environment(account: Account): Record<string, string> {
    const programs = [programsFolder(this.clone.root, 'sam'), join(this.clone.root, 'node_modules', '.bin')];
    const all = localEnvironment(this.#clouds[account].endpoint, {});
    const set = Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
    const path = [...programs, process.env['PATH'] ?? ''].join(delimiter);
    // Seconds between the questions of `sam deploy`; an account would limit them.
    return { ...Object.fromEntries(set), PATH: path, SAM_CLI_POLL_DELAY: '0.1' };
  }
}

/** Gives the test file two accounts, from before its first test until after its last. */
export function useTwoAccounts(): () => TwoAccounts {
  let two: TwoAccounts | undefined;
  beforeAll(async () => {
    two = await TwoAccounts.make();
  });
  afterAll(() => two?.end());
  return () => {
    if (two === undefined) throw new Error('The accounts are there in a test or a later hook.');
    return two;
  };
}
