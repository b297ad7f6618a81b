import { Failure } from '../lib/failure.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { assertDeployable, describe } from '../stack/read-stack.ts';
import { bootstrapStackName, providerArn, type Account, type NamedStage } from './plan-bootstrap.ts';

/**
 * Reads the account that the credentials open. Changes nothing.
 * @throws Failure as `asking`, where a bootstrap stack cannot be updated now, and for a provider that takes other tokens
 */
export async function readAccount(connections: readonly (Connection & NamedStage)[]): Promise<Account> {
  const [first] = connections;
  if (!first) throw new Failure('samconfig.toml has no stage in an account.', 'Add a block with a stack_name.');
  const { id, partition } = await asking(first, readIdentity(first));
  const hasProvider = await asking(first, readProvider(first, providerArn({ id, partition })));
  const owners: string[] = [];
  for (const connection of connections)
    if (await asking(connection, ownsProvider(connection))) owners.push(connection.stage.name);
  return { id, partition, hasProvider, providerOwners: owners };
}

async function readIdentity(connection: Connection): Promise<Pick<Account, 'id' | 'partition'>> {
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient(clientConfig(connection));
  const { Arn = '', Account: id = '' } = await client.send(new GetCallerIdentityCommand());
  return { id, partition: Arn.split(':')[1] ?? 'aws' };
}

/** CloudFormation cannot find this out by itself. */
async function readProvider(connection: Connection, arn: string): Promise<boolean> {
  const { IAMClient, ListOpenIDConnectProvidersCommand, GetOpenIDConnectProviderCommand } =
    await import('@aws-sdk/client-iam');
  const client = new IAMClient(clientConfig(connection));
  const { OpenIDConnectProviderList = [] } = await client.send(new ListOpenIDConnectProvidersCommand());
  if (!OpenIDConnectProviderList.some(({ Arn }) => Arn === arn)) return false;
  const { ClientIDList = [] } = await client.send(
    new GetOpenIDConnectProviderCommand({ OpenIDConnectProviderArn: arn }),
  );
  if (ClientIDList.includes('sts.amazonaws.com')) return true;
  throw new Failure(
    "The account's GitHub provider does not take tokens for sts.amazonaws.com.",
    `Add it: aws iam add-client-id-to-open-id-connect-provider --open-id-connect-provider-arn ${arn} --client-id sts.amazonaws.com.`,
  );
}

/** Whether this stage's bootstrap stack, if it is there, has made the provider. */
async function ownsProvider(connection: Connection & NamedStage): Promise<boolean> {
  const { CloudFormationClient, DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  const client = new CloudFormationClient(clientConfig(connection));
  const stackName = bootstrapStackName(connection.app, connection.stage.name);
  const stack = await describe(client.send(new DescribeStacksCommand({ StackName: stackName })));
  if (!stack) return false;
  assertDeployable({ status: stack.StackStatus ?? 'UNKNOWN', outputs: {}, record: undefined }, stackName);
  return (stack.Parameters ?? []).some(
    ({ ParameterKey, ParameterValue = '' }) => ParameterKey === 'ProviderArn' && ParameterValue === '',
  );
}
