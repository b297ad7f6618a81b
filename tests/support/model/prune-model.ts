import { shortRelease } from '../../../tools/plan/recorded-block.ts';
import { assertDeployable } from '../../../tools/stack/read-stack.ts';
import { choosePrunable, type Inventory, type Prunable } from '../../../tools/prune/choose-prunable.ts';
import type { ModelStack } from '../engine/stack-model.ts';
import { releaseOf, type ModelCloud } from './model-cloud.ts';

/** Removes what nothing uses and no rollback needs. @returns what went */
export function prune(cloud: ModelCloud, keep: number, olderThanHours: number): Prunable {
  const stack = cloud.read();
  const [model, record] = [cloud.stack, stack?.record];
  assertDeployable(stack, 'aviary-local');
  if (!model || !record) return { versions: [], layers: [], objects: [] };
  const before = new Date(cloud.now.getTime() - olderThanHours * 3_600_000);
  const prunable = choosePrunable(record, inventoryOf(cloud, model), { keep, before });
  const gone = new Set(prunable.objects.map(({ key }) => key));
  cloud.objects = cloud.objects.filter(({ key }) => !gone.has(key));
  cloud.templates = cloud.templates.filter(({ key }) => !gone.has(key));
  const layers = new Set(prunable.layers.map(({ arn }) => arn));
  const functions = Object.entries(model.functions).map(([id, it]) => {
    const versions = prunable.versions.filter(({ functionName }) => functionName === id).map(({ version }) => version);
    const left = Object.entries(it.versions).filter(([number]) => !versions.includes(number));
    return [id, { ...it, versions: Object.fromEntries(left) }];
  });
  cloud.stack = {
    ...model,
    functions: Object.fromEntries(functions) as ModelStack['functions'],
    layerVersions: Object.fromEntries(Object.entries(model.layerVersions).filter(([arn]) => !layers.has(arn))),
  };
  return prunable;
}

function inventoryOf(cloud: ModelCloud, { functions, record, layerArns, layerVersions }: ModelStack): Inventory {
  const bornOf = (what: string): Date => cloud.born.get(what) ?? cloud.now;
  return {
    functions: Object.entries(functions).map(([id, { live, version, versions }]) => ({
      logicalId: id,
      name: record.functions.get(id)?.name ?? id,
      functionName: id,
      versions: Object.entries(versions).map(([number, configuration]) => ({
        version: number,
        release: releaseOf(configuration)?.slice(0, shortRelease),
        layers: configuration['Layers'] as string[],
        at: bornOf(`${id} ${number}`),
      })),
      aliased: new Set([String(live)]),
      latestLayers: (versions[version]?.['Layers'] ?? []) as string[],
    })),
    layers: Object.keys(layerVersions).map((arn) => {
      return { arn, layerName: arn, version: Number(arn.split(':').at(-1)), at: bornOf(arn) };
    }),
    stackLayers: Object.values(layerArns),
    bucket: 'bucket',
    objects: cloud.objects,
    templates: cloud.templates,
  };
}
