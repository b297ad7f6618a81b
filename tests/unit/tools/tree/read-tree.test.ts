import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../../tools/lib/json.ts';
import { readTree, rereadTree } from '../../../../tools/tree/read-tree.ts';
import type { Tree, TreeFunction } from '../../../../tools/tree/tree.ts';
import { aRepository, put, repository } from '../../../support/engine/a-folder.ts';
import { aStage } from '../../../support/engine/a-stage.ts';

const template = `
Parameters:
  Stage: { Type: String }
Resources:
  SharedLayer:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layers/shared/ }
  DependenciesLayer:
    Type: AWS::Serverless::LayerVersion
    Properties: { ContentUri: layers/dependencies/ }
  Users:
    Type: AWS::Serverless::Function
    Metadata:
      BuildMethod: esbuild
      BuildProperties: { EntryPoints: [handler.ts], External: ['@shared/*'], Packages: external }
    Properties:
      CodeUri: functions/users/
      Layers: [!Ref DependenciesLayer, !Ref SharedLayer]
      Environment: { Variables: { QUEUE: !Ref Queue } }
  Queue:
    Type: AWS::SQS::Queue
    Properties: { QueueName: !Sub 'orders-\${Stage}' }
  Data:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: infra/data.yaml }
Outputs:
  QueueUrl: { Value: !Ref Queue }
`;
const files = {
  'template.yaml': template,
  'infra/data.yaml': 'Resources: { Topic: { Type: AWS::SNS::Topic } }\n',
  'package-lock.json': readFileSync(join(repository, 'package-lock.json'), 'utf8'),
  'functions/users/handler.ts': `import { log } from '@shared/log';\nexport const handler = () => log('a');\n`,
  'layers/shared/src/log.ts': `import * as z from 'zod';\nexport const log = (text: string) => z.string().parse(text);\n`,
  'layers/shared/src/idle.ts': 'export const idle = 1;\n',
  'layers/dependencies/src/zod.ts': `export { string } from 'zod';\n`,
};
const stage = aStage('staging', { parameters: { Stage: 'staging' } });
const read = (changes: Record<string, string> = {}): Promise<Tree> =>
  readTree(aRepository({ ...files, ...changes }), stage);
const usersIn = ({ functions: [users] }: Tree): TreeFunction => {
  if (!users) throw new Error('There is no function');
  return users;
};
const layerIn = (tree: Tree, name: string): unknown => tree.layers.find((it) => it.name === name)?.release;

describe('readTree', () => {
  let tree: Tree;
  beforeAll(async () => {
    tree = await read();
  });

  it('reads stage and parameters, and a commit only where there is git', () => {
    expect(tree).toMatchObject({ stage: 'staging', parameters: { Stage: 'staging' }, commit: 'unknown' });
  });

  it('reads what each function reaches, and the names that it refers to', () => {
    const users = usersIn(tree);

    expect(Object.keys(users.files).sort()).toEqual(['functions/users/handler.ts', 'layers/shared/src/log.ts']);
    expect(users.packages['zod']).toMatch(/^4\.\d+\.\d+ [0-9a-f]{16}$/);
    expect(users.references).toEqual({ Queue: 'orders-staging' });
  });

  it('keeps functions and layers apart from other resources, and outputs from both', () => {
    expect(tree.layers.map(({ name }) => name)).toEqual(['shared', 'dependencies']);
    expect(tree.resources.map(({ logicalId }) => logicalId)).toEqual(['Queue', 'Data']);
    expect(tree.outputs.map(({ logicalId }) => logicalId)).toEqual(['QueueUrl']);
    expect(Object.keys(tree.resources[1]?.contents ?? {})).toEqual(['infra/data.yaml']);
  });

  it('reads the files of the shared layer, and entries and packages of the other', () => {
    const [shared, dependencies] = tree.layers;

    expect(Object.keys(shared?.files ?? {}).map((path) => path.replace(/^.*@shared/, ''))).toEqual([
      '/idle.js',
      '/log.js',
    ]);
    expect(Object.keys(dependencies?.files ?? {})).toEqual(['zod']);
    expect(Object.keys(dependencies?.packages ?? {})).toEqual(['node_modules/zod']);
  });

  it('gives a function another release for a name behind a reference', async () => {
    const renamed = await read({ 'template.yaml': template.replace('orders-', 'others-') });

    expect(usersIn(renamed).code).toBe(usersIn(tree).code);
    expect(usersIn(renamed).release).not.toBe(usersIn(tree).release);
  });

  it('gives function and layer another release for a shared module that is reached', async () => {
    const after = await read({
      'layers/shared/src/log.ts': files['layers/shared/src/log.ts'].replace('parse', 'decode'),
    });

    expect(usersIn(after).release).not.toBe(usersIn(tree).release);
    expect(layerIn(after, 'shared')).not.toBe(layerIn(tree, 'shared'));
  });

  it('gives the layer alone another release for a shared module that nobody reaches', async () => {
    const after = await read({ 'layers/shared/src/idle.ts': 'export const idle = 2;\n' });

    expect(usersIn(after).release).toBe(usersIn(tree).release);
    expect(layerIn(after, 'shared')).not.toBe(layerIn(tree, 'shared'));
  });

  it('gives the dependencies layer another release for a name more in an entry', async () => {
    const after = await read({ 'layers/dependencies/src/zod.ts': `export { string, email } from 'zod';\n` });

    expect(layerIn(after, 'dependencies')).not.toBe(layerIn(tree, 'dependencies'));
    expect(usersIn(after).release).toBe(usersIn(tree).release);
  });

  it('gives a resource another hash for the file that it names, and not for a comment there', async () => {
    const [same, other] = await Promise.all([
      read({ 'infra/data.yaml': `# why\n${files['infra/data.yaml']}` }),
      read({ 'infra/data.yaml': files['infra/data.yaml'].replace('Topic:', 'Other:') }),
    ]);

    expect(same.resources[1]?.hash).toBe(tree.resources[1]?.hash);
    expect(other.resources[1]?.hash).not.toBe(tree.resources[1]?.hash);
  });

  it('is the same in another folder', async () => {
    expect(await read()).toEqual(tree);
  });
});

describe('rereadTree', () => {
  const handler = 'functions/users/handler.ts';
  const log = 'layers/shared/src/log.ts';

  it.each<[string, Record<string, string>]>([
    ['a function', { [handler]: files[handler].replace("'a'", "'b'") }],
    ['a shared module', { [log]: files[log].replace('parse', 'decode') }],
    ['both', { [handler]: files[handler].replace("'a'", "'b'"), [log]: files[log].replace('parse', 'decode') }],
    ['a comment', { [log]: `// Nothing.\n${files[log]}` }],
    [
      'an import of a file that is new',
      { [handler]: `import './new.ts';\n${files[handler]}`, 'functions/users/new.ts': 'log();' },
    ],
  ])('reads after a save of %s what readTree does', async (_what, changes) => {
    const root = aRepository(files);
    const before = await readTree(root, stage);
    put(root, changes);

    const after = await rereadTree(
      before,
      Object.keys(changes).filter((path) => path in files),
      root,
    );

    const whole = await readTree(root, stage);
    expect(after?.tree).toEqual(whole);
    for (const [id, contents] of after?.packages ?? []) {
      expect(whole.functions.find(({ logicalId }) => logicalId === id)?.code).toBe(sha256(contents));
    }
    expect(after?.packages.size).toBe(handler in changes ? 1 : 0);
  });

  it.each(['template.yaml', 'functions/users/unknown.ts', 'layers/shared/src/idle.ts', 'package-lock.json'])(
    'leaves to readTree what is no part of any function: %s',
    async (path) => {
      const root = aRepository(files);

      await expect(rereadTree(await readTree(root, stage), [handler, path], root)).resolves.toBeUndefined();
    },
  );

  it('leaves to readTree what is gone', async () => {
    const root = aRepository(files);
    const before = await readTree(root, stage);
    rmSync(join(root, log));

    await expect(rereadTree(before, [log], root)).resolves.toBeUndefined();
  });
});
