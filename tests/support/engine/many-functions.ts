import { objectAt, type Json, type JsonObject } from '../../../tools/lib/json.ts';
import { ownResources } from '../../../tools/stacks/own-resources.ts';
import type { Tree, TreeBlock, TreeFunction } from '../../../tools/tree/tree.ts';
import { aBlock } from './a-tree.ts';

/** One of each kind: routes, plain events, a queue, streams and a schedule. */
const kinds = ['users', 'processor', 'notifications', 'order-stream', 'scheduled', 'analytics'];

/**
 * The tree of this repository with copies of its functions, and of what is theirs, until there are so many. Always the same for
 * a number, and that of a smaller number is a part of it.
 */
export function manyFunctions(tree: Tree, count: number): Tree {
  const template = {
    Resources: Object.fromEntries([...tree.functions, ...tree.resources].map((it) => [it.logicalId, it.block])),
  };
  const own = ownResources(template);
  const copies = Array.from({ length: count - tree.functions.length }, (_, at): Copy => {
    const name = kinds[at % kinds.length] ?? '';
    const source = tree.functions.find((it) => it.name === name);
    if (!source) throw new Error(`There is no function ${name}`);
    return copyOf(source, own.get(source.logicalId) ?? [], at + 1, tree);
  });
  const logs = copies.flatMap(({ resources }) =>
    resources.filter(({ block }) => block['Type'] === 'AWS::Logs::LogGroup'),
  );
  return {
    ...tree,
    functions: [...tree.functions, ...copies.map((it) => it.function)],
    resources: [...tree.resources.map((it) => withLogs(it, logs)), ...copies.flatMap((it) => it.resources)],
    outputs: [...tree.outputs, ...copies.flatMap((it) => it.outputs)],
  };
}

interface Copy {
  readonly function: TreeFunction;
  readonly resources: readonly TreeBlock[];
  readonly outputs: readonly TreeBlock[];
}

function copyOf(source: TreeFunction, own: readonly string[], number: number, tree: Tree): Copy {
  const ids = [source.logicalId, ...own];
  const word = new RegExp(`(?<![A-Za-z0-9])(${ids.join('|')})(?![A-Za-z0-9])`, 'g');
  const names = new RegExp(`([-/"])${source.name}(?=[-/":])`, 'g');
  const rename = <T extends Json>(value: T): T =>
    JSON.parse(
      JSON.stringify(value).replaceAll(word, `$1${number}`).replaceAll(names, `$1${source.name}${number}`),
    ) as T;
  const blocks = tree.resources.filter(({ logicalId }) => own.includes(logicalId));
  const outputs = tree.outputs.filter(({ block }) => own.some((id) => JSON.stringify(block).includes(`"${id}"`)));
  return {
    function: {
      ...source,
      logicalId: `${source.logicalId}${number}`,
      name: `${source.name}${number}`,
      block: rename(source.block),
    },
    resources: blocks.map(({ logicalId, block }) => aBlock(`${logicalId}${number}`, rename(block))),
    outputs: outputs.map(({ logicalId, block }) =>
      aBlock(`${logicalId.replace(/Url$/, '')}${number}Url`, rename(block)),
    ),
  };
}

/** As `aviary generate` lists them. */
function withLogs(it: TreeBlock, logs: readonly TreeBlock[]): TreeBlock {
  if (it.logicalId !== 'Queries') return it;
  const properties = objectAt(it.block, 'Properties');
  const parameters = objectAt(properties, 'Parameters');
  const { 'Fn::Join': [comma, groups] = [] } = objectAt(parameters, 'LogGroups') as {
    'Fn::Join'?: [Json, JsonObject[]];
  };
  const all = {
    'Fn::Join': [comma ?? ',', [...(groups ?? []), ...logs.map(({ logicalId }) => ({ Ref: logicalId }))].slice(0, 50)],
  };
  return {
    ...it,
    block: { ...it.block, Properties: { ...properties, Parameters: { ...parameters, LogGroups: all } } },
  };
}
