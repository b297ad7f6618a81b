import { asking, clientConfig, lambdaClient, type Connection } from '../stack/connection.ts';
import { listResources, type StackResource } from '../stack/read-stack.ts';

/** What would outlive a preview's stack: its tables, and all versions of its layers. */
export interface Retained {
  readonly tables: readonly string[];
  /** Names of layers. */
  readonly layers: readonly string[];
}

/** Finds it in the stack and in those that it nests, of which each name ends with the name of the stage. */
export async function findRetained(connection: Connection): Promise<Retained> {
  const { stage } = connection;
  const resources: StackResource[] = [];
  const open = [stage.stackName];
  for (let stackName = open.pop(); stackName !== undefined; stackName = open.pop()) {
    const own = await listResources({ ...connection, stage: { ...stage, stackName } }, undefined);
    resources.push(...own);
    open.push(...physicalIds(own, 'AWS::CloudFormation::Stack'));
  }
  const isOwn = (name: string): boolean => name.endsWith(`-${stage.name}`);
  const layers = physicalIds(resources, 'AWS::Lambda::LayerVersion').flatMap((arn) => arn.split(':').at(-2) ?? []);
  return {
    tables: physicalIds(resources, 'AWS::DynamoDB::Table').filter(isOwn),
    layers: [...new Set(layers)].filter(isOwn),
  };
}

/** Deletes it; what is gone already counts as deleted. */
export async function deleteRetained(connection: Connection, { tables, layers }: Retained): Promise<void> {
  await asking(connection, deleteTables(connection, tables));
  await asking(connection, deleteLayers(connection, layers));
}

async function deleteTables(connection: Connection, tables: readonly string[]): Promise<void> {
  const { DeleteTableCommand, DynamoDBClient, ResourceInUseException, ResourceNotFoundException } =
    await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient(clientConfig(connection));
  for (const TableName of tables) {
    try {
      await client.send(new DeleteTableCommand({ TableName }));
    } catch (error) {
      // In use is one that is being deleted already.
      if (!(error instanceof ResourceNotFoundException || error instanceof ResourceInUseException)) throw error;
    }
  }
}

async function deleteLayers(connection: Connection, layers: readonly string[]): Promise<void> {
  const { DeleteLayerVersionCommand, paginateListLayerVersions } = await import('@aws-sdk/client-lambda');
  const client = await lambdaClient(connection);
  for (const LayerName of layers) {
    const numbers: number[] = [];
    for await (const { LayerVersions = [] } of paginateListLayerVersions({ client }, { LayerName })) {
      numbers.push(...LayerVersions.flatMap(({ Version }) => Version ?? []));
    }
    for (const VersionNumber of numbers) await client.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber }));
  }
}

const physicalIds = (resources: readonly StackResource[], type: string): string[] =>
  resources.filter((it) => it.type === type).map(({ physicalId }) => physicalId);
