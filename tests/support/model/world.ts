import { sha256 } from '../../../tools/lib/json.ts';
import type { Tree } from '../../../tools/tree/tree.ts';
import { aBlock, aFunction, aLayer, aNestedStack, aTree } from '../engine/a-tree.ts';

export const names = ['users', 'health', 'orders'] as const;
export const modules = ['a', 'b', 'c'] as const;
export const shared = ['zod', 'queue', 'output', 'parameter', 'nested'] as const;
export type Name = (typeof names)[number];
export type Module = (typeof modules)[number];
export type Shared = (typeof shared)[number];

/** What a function is written as; each number is one of three states of a thing. */
interface Written {
  readonly text: number;
  readonly memory: number;
  readonly uses: readonly Module[];
}

/** What a person can edit. */
export interface World extends Readonly<Record<Shared, number>> {
  readonly functions: Readonly<Partial<Record<Name, Written>>>;
  /** Of a module, the part that its users reach, and the part that nobody does. */
  readonly modules: Readonly<Record<Module, { readonly reached: number; readonly idle: number }>>;
}

/** One edit, as plain data, so that a history can be read where a test prints it. */
export type Edit =
  | { readonly part: 'text' | 'memory'; readonly name: Name; readonly value: number }
  | { readonly part: 'uses'; readonly name: Name; readonly module: Module }
  | { readonly part: 'removed'; readonly name: Name }
  | { readonly part: 'reached' | 'idle'; readonly module: Module; readonly value: number }
  | { readonly part: Shared; readonly value: number };

export const firstWorld: World = {
  functions: {
    users: { text: 0, memory: 0, uses: ['a', 'b'] },
    health: { text: 0, memory: 0, uses: ['b'] },
    orders: { text: 0, memory: 0, uses: [] },
  },
  modules: { a: { reached: 0, idle: 0 }, b: { reached: 0, idle: 0 }, c: { reached: 0, idle: 0 } },
  ...{ zod: 0, queue: 0, output: 0, parameter: 0, nested: 0 },
};

/** The world after an edit. A function that is not there is written anew. */
export function edited(world: World, edit: Edit): World {
  switch (edit.part) {
    case 'text':
    case 'memory':
      return withFunction(world, edit.name, (it) => ({ ...it, [edit.part]: edit.value }));
    case 'uses':
      return withFunction(world, edit.name, ({ uses, ...it }) => {
        return { ...it, uses: modules.filter((one) => uses.includes(one) !== (one === edit.module)) };
      });
    case 'removed': {
      const { [edit.name]: _, ...functions } = world.functions;
      return { ...world, functions };
    }
    case 'reached':
    case 'idle': {
      const module = { ...world.modules[edit.module], [edit.part]: edit.value };
      return { ...world, modules: { ...world.modules, [edit.module]: module } };
    }
    case 'zod':
    case 'queue':
    case 'output':
    case 'parameter':
    case 'nested':
      return { ...world, [edit.part]: edit.value };
  }
}

function withFunction(world: World, name: Name, change: (it: Written) => Written): World {
  const before = world.functions[name] ?? { text: 0, memory: 0, uses: [] };
  return { ...world, functions: { ...world.functions, [name]: change(before) } };
}

const trees = new Map<string, Tree>();

/** The tree of a world, as its commit has it. */
export function treeOf(world: World, commit: string): Tree {
  const key = JSON.stringify(world);
  const tree = trees.get(key) ?? makeTree(world);
  trees.set(key, tree);
  return { ...tree, commit };
}

function makeTree(world: World): Tree {
  const texts = Object.fromEntries(modules.map((module) => [module, moduleText(world.modules[module])]));
  return aTree({
    functions: names.flatMap((name) => functionOf(name, world)),
    layers: [
      aLayer({ modules: texts }),
      aLayer({ name: 'dependencies', packages: { 'node_modules/zod': `4.${world.zod}` } }),
    ],
    resources: [
      aBlock('Queue', { Type: 'AWS::SQS::Queue', Properties: { QueueName: `queue-${world.queue}` } }),
      aNestedStack('Data', 'infra/data.yaml', String(world.nested)),
    ],
    // An output may have the name of a function.
    outputs: [aBlock('Health', { Value: world.output })],
    parameters: { App: world.parameter },
  });
}

function functionOf(name: Name, world: World): Tree['functions'] {
  const it = world.functions[name];
  if (!it) return [];
  // Of the packages and the queue, users alone knows.
  const knows = name === 'users';
  const made = aFunction({
    name,
    text: `${name} ${it.text}`,
    shared: Object.fromEntries(it.uses.map((module) => [module, String(world.modules[module].reached)])),
    packages: knows ? { zod: `4.${world.zod} x` } : {},
    references: knows ? { Queue: `queue-${world.queue}` } : {},
    properties: {
      MemorySize: it.memory,
      ...(knows ? { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } } : {}),
    },
    layers: ['SharedLayer', 'DependenciesLayer'],
  });
  return [made];
}

const moduleText = ({ reached, idle }: { reached: number; idle: number }): string => `${reached} and ${idle}`;
const hash = (text: string): string => sha256(text).slice(0, 32);

const states = [0, 1, 2] as const;

/** Of the hash of a module in the layer, the hash of the part that is reached, as a function's record has it. */
export const reachedPart: ReadonlyMap<string, string> = new Map(
  states.flatMap((reached) =>
    states.map((idle) => [hash(moduleText({ reached, idle })), hash(String(reached))] as const),
  ),
);
