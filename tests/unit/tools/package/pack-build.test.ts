import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { objectAt, sha256, type JsonObject } from '../../../../tools/lib/json.ts';
import { packBuild } from '../../../../tools/package/pack-build.ts';
import { readZip, zipFolder } from '../../../../tools/package/zip-folder.ts';
import { readTemplate } from '../../../../tools/template/read-template.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';

const template: JsonObject = {
  Metadata: { Aviary: { version: 1 } },
  Resources: {
    Users: { Metadata: { Aviary: { name: 'users' } }, Properties: { CodeUri: 'Users', MemorySize: 256 } },
    Orders: { Metadata: { Aviary: { name: 'orders' } }, Properties: { CodeUri: 's3://bucket/key' } },
    SharedLayer: { Properties: { ContentUri: 'SharedLayer' } },
    Queue: { Type: 'AWS::SQS::Queue' },
  },
};

function aBuild(): { root: string; build: string; packages: string } {
  const root = aFolder({
    'build/template.yaml': JSON.stringify(template),
    'build/Users/handler.js': 'the code',
    'build/SharedLayer/nodejs/node_modules/@shared/thing.js': 'shared',
  });
  return { root, build: join(root, 'build'), packages: join(root, 'packages') };
}

describe('packBuild', () => {
  it('zips what was built, and says where each zip is and what it hashes to', () => {
    const { build, packages } = aBuild();

    const made = packBuild(build, packages, []);

    expect(made.map(({ logicalId }) => logicalId)).toEqual(['Users', 'SharedLayer']);
    for (const { file, sha256: hash, bytes } of made) {
      expect(sha256(readFileSync(file))).toBe(hash);
      expect(readFileSync(file)).toHaveLength(bytes);
    }
    expect(Object.keys(readZip(readFileSync(join(packages, 'SharedLayer.zip'))) ?? {})).toEqual([
      'nodejs/node_modules/@shared/thing.js',
    ]);
  });

  it('has SAM upload the zips, and records their hashes', () => {
    const { build, packages } = aBuild();

    const [users] = packBuild(build, packages, []);

    const { Users, Orders, Queue } = objectAt(readTemplate(join(build, 'template.yaml')), 'Resources');
    expect(Users).toEqual({
      Metadata: { Aviary: { name: 'users', package: users?.sha256 } },
      Properties: { CodeUri: '../packages/Users.zip', MemorySize: 256 },
    });
    expect({ Orders, Queue }).toEqual({
      Orders: objectAt(template, 'Resources')['Orders'],
      Queue: objectAt(template, 'Resources')['Queue'],
    });
  });

  it('leaves a package that came as a zip as it is', () => {
    const { root, build, packages } = aBuild();
    const zip = zipFolder(aFolder({ 'handler.js': 'the code, zipped elsewhere' }));
    writeFileSync(join(root, 'Users.zip'), zip);
    writeFileSync(
      join(build, 'template.yaml'),
      JSON.stringify({ Resources: { Users: { Properties: { CodeUri: '../Users.zip' } } } }),
    );

    expect(packBuild(build, packages, [])).toEqual([
      { logicalId: 'Users', file: join(root, 'Users.zip'), sha256: sha256(zip), bytes: zip.length },
    ]);
  });
});
