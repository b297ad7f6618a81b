import { logicalIdOf } from '../engine/a-tree.ts';
import type { Clone } from '../clone.ts';
import { functionBlock, setParameters, templateHead } from '../small-product.ts';
import { modules, names, type Name, type World } from './world.ts';

/**
 * The edits that {@link writeWorld} knows. A package takes a deploy too long, and an update of an output alone the local cloud
 * takes for none: it stays in the plan.
 */
export const written: ReadonlySet<string> = new Set([
  ...['text', 'memory', 'uses', 'removed', 'reached', 'idle'],
  'queue',
]);

const sharedLayer = `  SharedLayer:
    Type: AWS::Serverless::LayerVersion
    Metadata:
      BuildMethod: makefile
    Properties:
      LayerName: !Sub \${App}-shared-\${Stage}
      ContentUri: layers/shared/
      RetentionPolicy: Retain
`;

/** Takes out what a clone has beside what {@link writeWorld} writes. */
export function emptyForWorlds(clone: Clone): void {
  clone.remove('layers/shared/src');
  setParameters(clone);
}

/** Writes a world of the model as functions, modules and a template, as the model's own tree of it has them. */
export function writeWorld(clone: Clone, world: World): void {
  clone.makeFolder('functions');
  clone.remove('functions');
  for (const name of names) writeHandler(clone, name, world);
  for (const module of modules) {
    const { reached, idle } = world.modules[module];
    const lines = [`export const ${module} = (): string => '${reached}';`, `export const idle = '${idle}';`];
    clone.write(`layers/shared/src/${module}.ts`, `${lines.join('\n')}\n`);
  }
  clone.write('template.yaml', templateOf(world));
}

function writeHandler(clone: Clone, name: Name, { functions }: World): void {
  const it = functions[name];
  if (!it) return;
  const imports = it.uses.map((module) => `import { ${module} } from '@shared/${module}';\n`);
  const said = [`'${name} ${it.text}'`, ...it.uses.map((module) => `${module}()`)].join(', ');
  const handler = `export const handler = (): Promise<string[]> => Promise.resolve([${said}]);\n`;
  clone.write(`functions/${name}/handler.ts`, imports.join('') + handler);
}

function templateOf({ functions, queue }: World): string {
  const blocks = names.flatMap((name) => {
    const it = functions[name];
    if (!it) return [];
    const knows = name === 'users' ? '      Environment: { Variables: { QUEUE: !Ref Queue } }\n' : '';
    const properties = `      MemorySize: ${128 + it.memory}\n      Layers: [!Ref SharedLayer]\n${knows}`;
    return [functionBlock(logicalIdOf(name), properties)];
  });
  const resources = `${sharedLayer}  Queue:
    Type: AWS::SQS::Queue
    Properties: { QueueName: queue-${queue} }
`;
  return `${templateHead}${blocks.join('')}${resources}Outputs:\n  Health: { Value: named as a function }\n`;
}

/** Has the next update fail when all functions have got their version. */
export function makeImpossible(clone: Clone, { functions }: World): void {
  const aliases = Object.keys(functions).map((name) => `\${${logicalIdOf(name)}.Alias}`);
  const block = `  Impossible:
    Type: AWS::SQS::Queue
    Properties: { VisibilityTimeout: !Sub 'impossible ${aliases.join(' ')}' }
`;
  clone.edit('template.yaml', 'Outputs:', `${block}Outputs:`);
}
