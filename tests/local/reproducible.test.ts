import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { objectAt, sha256, stringAt } from '../../tools/lib/json.ts';
import { samRunner } from '../../tools/lib/sam.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { functionNames, logicalId } from '../support/aviary-stage.ts';
import { Clone } from '../support/clone.ts';
import { repository } from '../support/cloud.ts';

/** Path to the sha256 of each file below a folder. */
function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = names.filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, sha256(readFileSync(join(folder, name)))]));
}

describe('plain sam build', () => {
  // At different depths, so that a path that gets into the bytes is seen.
  const clones: Clone[] = [];
  const built: Record<string, string>[] = [];
  beforeAll(async () => {
    for (const inside of ['clone', 'further/down/another clone']) {
      const clone = new Clone({ inside });
      clones.push(clone);
      await clone.installLayerPackages();
      const { code, stdout, stderr } = await samRunner(clone.root)(['build']);
      if (code !== 0) throw new Error(`sam build failed:\n${stdout}${stderr}`);
      built.push(filesBelow(join(clone.root, '.aws-sam/build')));
    }
  });
  afterAll(() => {
    for (const clone of clones) clone.delete();
  });

  it('makes every function, of one file, and both layers', () => {
    const [files = {}] = built;
    const byResource = Map.groupBy(Object.keys(files), (path) => path.split(/[/\\]/)[0]);

    const functions = functionNames.map(logicalId);
    const resources = Object.entries(objectAt(readTemplate(join(repository, 'template.yaml')), 'Resources'));
    const stacks = resources.filter(([, block]) => stringAt(block, 'Type') === 'AWS::CloudFormation::Stack');
    const names = [...functions, ...stacks.map(([id]) => id)];

    expect([...byResource.keys()].sort()).toEqual(
      [...names, 'DependenciesLayer', 'SharedLayer', 'template.yaml'].sort(),
    );
    for (const name of functions) {
      expect(byResource.get(name)).toEqual([join(name, 'handler.js')]);
    }
    expect(byResource.get('DependenciesLayer')).toContain(join('DependenciesLayer', 'nodejs/node_modules/zod.js'));
    expect(byResource.get('SharedLayer')).toContain(join('SharedLayer', 'nodejs/node_modules/@shared/http/api.js'));
  });

  it('makes the same bytes in two folders', () => {
    const [one, other] = built;

    expect(Object.keys(one ?? {}).length).toBeGreaterThan(20);
    expect(other).toEqual(one);
  });

  it('leaves the tree as it is: nothing is installed or written beside the code', () => {
    for (const clone of clones)
      expect(clone.git('status', '--porcelain', '--ignored')).toMatch(
        /^!! \.aviary\/\n!! \.aws-sam\/\n!! node_modules\/\n$/,
      );
  });

  it('makes the same bytes again over what it has built', async () => {
    const [clone] = clones;
    if (clone === undefined) throw new Error('There is no clone.');

    const { code } = await samRunner(clone.root)(['build']);

    expect(code).toBe(0);
    expect(filesBelow(join(clone.root, '.aws-sam/build'))).toEqual(built[0]);
  });
});
