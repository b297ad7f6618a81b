import { CreateOpenIDConnectProviderCommand, IAMClient } from '@aws-sdk/client-iam';
import { AssumeRoleWithWebIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { deployBootstrap } from '../../tools/bootstrap/deploy-bootstrap.ts';
import { planBootstrap, type BootstrapStage } from '../../tools/bootstrap/plan-bootstrap.ts';
import { readAccount } from '../../tools/bootstrap/read-account.ts';
import { readNamedStages } from '../../tools/bootstrap/read-named-stages.ts';
import { clientConfig, type Connection } from '../../tools/stack/connection.ts';
import { repository as root, useCloud } from './cloud.ts';

export const github = {
  organization: 'birds',
  repository: 'aviary',
  organizationId: '123456',
  repositoryId: '456789',
};
export const issuer = 'https://token.actions.githubusercontent.com';

/** Credentials of a role, or of the local cloud's administrator. */
export interface Client {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { accessKeyId: string; secretAccessKey: string; sessionToken?: string };
}

export interface Bootstrapped {
  readonly endpoint: string;
  readonly admin: Client;
  stage(name: string): BootstrapStage;
  connection(name: string): Connection;
  /** What the job's token gets, as `aws-actions/configure-aws-credentials` asks for it; rejects where it is refused. */
  assume(roleArn: string, sub: string, aud?: string, iss?: string): Promise<Client>;
}

/**
 * A local cloud that checks permissions, with an account that is bootstrapped for staging and production: by the
 * command's own steps and its template. The provider is there before, since the local cloud's CloudFormation has no
 * such resource.
 */
export function useBootstrappedCloud(): Bootstrapped {
  const cloud = useCloud({ environment: { AUTH: 'true' } });
  const named = readNamedStages(root, undefined);
  let stages: BootstrapStage[] = [];
  const connection = (name: string): Connection => {
    const found = named.find(({ stage }) => stage.name === name);
    if (!found) throw new Error(`no stage ${name}`);
    return { root, stage: found.stage, endpoint: cloud.endpoint };
  };
  beforeAll(async () => {
    await new IAMClient(clientConfig(connection('staging'))).send(
      new CreateOpenIDConnectProviderCommand({ Url: issuer, ClientIDList: ['sts.amazonaws.com'] }),
    );
    const account = await readAccount(named.map((stage) => ({ ...stage, root, endpoint: cloud.endpoint })));
    stages = planBootstrap(account, named, github);
    for (const stage of stages)
      await deployBootstrap({ root, endpoint: cloud.endpoint }, stage, { onLine: () => undefined });
  }, 120_000);
  const region = 'eu-west-1';
  return {
    get endpoint() {
      return cloud.endpoint;
    },
    get admin() {
      return { endpoint: cloud.endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    },
    connection,
    stage: (name) => {
      const found = stages.find(({ stage }) => stage === name);
      if (!found) throw new Error(`${name} is not bootstrapped`);
      return found;
    },
    assume: async (roleArn, sub, aud = 'sts.amazonaws.com', iss = issuer) => {
      const { endpoint } = cloud;
      const sts = new STSClient({ endpoint, region, credentials: { accessKeyId: 'none', secretAccessKey: 'none' } });
      const { Credentials } = await sts.send(
        new AssumeRoleWithWebIdentityCommand({
          RoleArn: roleArn,
          RoleSessionName: 'job',
          WebIdentityToken: token({ iss, aud, sub }),
        }),
      );
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {};
      const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
      return { endpoint, region, credentials };
    },
  };
}

/** An unsigned token: the local cloud evaluates claims, and verifies no signature. */
function token(claims: Readonly<Record<string, string>>): string {
  const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part({ ...claims, exp: 4_102_444_800 })}.c2ln`;
}
