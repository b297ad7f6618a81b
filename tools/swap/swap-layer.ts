import type { LambdaClient } from '@aws-sdk/client-lambda';
import { buildSharedLayer } from '../build/build-layer.ts';
import { objectAt, stringAt } from '../lib/json.ts';
import { zipFiles } from '../package/zip-folder.ts';
import type { TreeLayer } from '../tree/tree.ts';

/** Publishes the shared layer as it stands in the tree, the very bytes that a deploy would. @returns its ARN */
export async function swapLayer(client: LambdaClient, { block, name }: TreeLayer, root: string): Promise<string> {
  const { PublishLayerVersionCommand } = await import('@aws-sdk/client-lambda');
  const text = new TextEncoder();
  const files = [...(await buildSharedLayer(root))].map(([path, file]) => [path, text.encode(file)] as const);
  const properties = objectAt(block, 'Properties');
  const command = new PublishLayerVersionCommand({
    LayerName: stringAt(properties, 'LayerName') ?? name,
    Description: stringAt(properties, 'Description') ?? name,
    Content: { ZipFile: zipFiles(files) },
  });
  const { LayerVersionArn = '' } = await client.send(command);
  return LayerVersionArn;
}

/** Removes a version of a layer; what runs with it runs on. */
export async function removeLayer(client: LambdaClient, arn: string): Promise<void> {
  const { DeleteLayerVersionCommand } = await import('@aws-sdk/client-lambda');
  const [, LayerName, version] = /^(.+):(\d+)$/.exec(arn) ?? [];
  await client.send(new DeleteLayerVersionCommand({ LayerName, VersionNumber: Number(version) }));
}
