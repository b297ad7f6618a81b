import type { LambdaClient } from '@aws-sdk/client-lambda';
import { objectAt, stringAt } from '../lib/json.ts';
import type { StackRecord } from '../plan/record.ts';
import { releaseVariable } from '../plan/recorded-block.ts';
import { bucketOf, deployedRecords, type Deployed } from '../rollback/find-earlier.ts';
import { asking, lambdaClient, s3Client, type Connection } from '../stack/connection.ts';
import { listObjects } from '../stack/list-objects.ts';
import { listResources } from '../stack/read-stack.ts';
import { artifactPrefix } from '../template/preview-stage.ts';
import type { Inventory, StoredFunction, StoredLayer, StoredVersion } from './choose-prunable.ts';

/** Reads all that deploys of a stage have left: versions, layer versions, and the artifact bucket. */
export async function readInventory(connection: Connection, record: StackRecord): Promise<Inventory> {
  const resources = await listResources(connection, record);
  const read = async (): Promise<Inventory> => {
    const client = await lambdaClient(connection);
    const functions: StoredFunction[] = [];
    for (const { logicalId, name } of record.functions.values()) {
      const found = resources.find((it) => it.logicalId === logicalId && it.type === 'AWS::Lambda::Function');
      if (found) functions.push(await readFunction(client, { logicalId, name, functionName: found.physicalId }));
    }
    const layers: StoredLayer[] = [];
    for (const { block } of record.layers.values()) {
      const layerName = stringAt(objectAt(block, 'Properties'), 'LayerName');
      if (layerName !== undefined) layers.push(...(await readLayer(client, layerName)));
    }
    const bucket = bucketOf(record);
    const objects = await listObjects(await s3Client(connection), bucket, artifactPrefix(connection.stage));
    const templates: Deployed[] = [];
    for await (const it of deployedRecords(connection, record, objects)) templates.push(it);
    return {
      functions,
      layers,
      stackLayers: resources.filter((it) => it.type === 'AWS::Lambda::LayerVersion').map((it) => it.physicalId),
      bucket,
      objects,
      templates,
    };
  };
  return await asking(connection, read());
}

async function readFunction(
  client: LambdaClient,
  it: Pick<StoredFunction, 'logicalId' | 'name' | 'functionName'>,
): Promise<StoredFunction> {
  const { paginateListAliases, paginateListVersionsByFunction } = await import('@aws-sdk/client-lambda');
  const input = { FunctionName: it.functionName };
  const versions: StoredVersion[] = [];
  let latestLayers: string[] = [];
  for await (const page of paginateListVersionsByFunction({ client }, input)) {
    for (const { Version = '', Layers = [], Environment, LastModified = '' } of page.Versions ?? []) {
      const layers = Layers.flatMap(({ Arn }) => Arn ?? []);
      if (Version === '$LATEST') latestLayers = layers;
      else {
        const release = Environment?.Variables?.[releaseVariable];
        versions.push({ version: Version, release, layers, at: new Date(LastModified) });
      }
    }
  }
  const aliased = new Set<string>();
  for await (const { Aliases = [] } of paginateListAliases({ client }, input)) {
    for (const { FunctionVersion, RoutingConfig } of Aliases) {
      if (FunctionVersion !== undefined) aliased.add(FunctionVersion);
      for (const version of Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})) aliased.add(version);
    }
  }
  return { ...it, versions, aliased, latestLayers };
}

async function readLayer(client: LambdaClient, layerName: string): Promise<StoredLayer[]> {
  const { paginateListLayerVersions } = await import('@aws-sdk/client-lambda');
  const found: StoredLayer[] = [];
  for await (const { LayerVersions = [] } of paginateListLayerVersions({ client }, { LayerName: layerName })) {
    for (const { LayerVersionArn: arn, Version: version, CreatedDate = '' } of LayerVersions) {
      if (arn !== undefined && version !== undefined) {
        found.push({ arn, layerName, version, at: new Date(CreatedDate) });
      }
    }
  }
  return found;
}
