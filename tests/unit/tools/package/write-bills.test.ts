import { Spec, Validation } from '@cyclonedx/cyclonedx-library';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readLockedPackages, readPackageFacts, type PackageFacts } from '../../../../tools/build/locked-packages.ts';
import { billOf, writeBills } from '../../../../tools/package/write-bills.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';
import { repository } from '../../../support/cloud.ts';

const digest = createHash('sha512').update('zod').digest();
const users = { name: 'users', version: 'a'.repeat(64), sha256: 'b'.repeat(64) };
const zod: PackageFacts = {
  name: 'zod',
  version: '4.1.0',
  integrity: `sha512-${digest.toString('base64')}`,
  license: 'MIT',
};
const client: PackageFacts = {
  ...{ name: '@aws-sdk/client-lambda', version: '3.1.0', integrity: undefined, license: '(MIT OR Apache-2.0)' },
};

describe('billOf', () => {
  it('is CycloneDX 1.6, by its schema', async () => {
    const validator = new Validation.JsonStrictValidator(Spec.Version.v1dot6);

    await expect(validator.validate(billOf(users, [zod, client]))).resolves.toBeNull();
  });

  it('names the package by its hash, and what is in it by version, licence and integrity', () => {
    expect(JSON.parse(billOf(users, [zod, client]))).toMatchObject({
      metadata: {
        component: { name: 'users', version: users.version, hashes: [{ alg: 'SHA-256', content: users.sha256 }] },
      },
      components: [
        { group: '@aws-sdk', name: 'client-lambda', purl: 'pkg:npm/%40aws-sdk/client-lambda@3.1.0' },
        {
          name: 'zod',
          purl: 'pkg:npm/zod@4.1.0',
          hashes: [{ alg: 'SHA-512', content: digest.toString('hex') }],
          licenses: [{ expression: 'MIT' }],
        },
      ],
    });
  });

  it('has the same bytes whatever the order, and whenever it is made', () => {
    expect(billOf(users, [zod, client])).toBe(billOf(users, [client, zod]));
  });
});

describe('writeBills', () => {
  it('has of a function what its packages depend on, and of a layer what is in it', () => {
    const folder = aFolder();
    const { closure } = readLockedPackages(repository)('@aws-sdk/lib-dynamodb');
    const tree = aTree({
      functions: [aFunction({ packages: { '@aws-sdk/lib-dynamodb': '3 x' }, layers: ['DependenciesLayer'] })],
      layers: [aLayer({ name: 'dependencies', packages: { 'node_modules/zod': '4' } })],
    });
    const packageOf = (logicalId: string) => {
      return { logicalId, file: join(folder, `${logicalId}.zip`), sha256: 'c'.repeat(64), bytes: 1 };
    };

    const paths = writeBills([packageOf('Users'), packageOf('DependenciesLayer')], tree, repository);

    const [ofUsers = [], ofLayer = []] = paths.map((path) => {
      const { components } = JSON.parse(readFileSync(path, 'utf8')) as { components: { purl: string }[] };
      return components.map(({ purl }) => purl);
    });
    const facts = readPackageFacts(repository);
    expect(ofUsers).toHaveLength(new Set(Object.keys(closure).map((path) => JSON.stringify(facts(path)))).size);
    expect(ofUsers.some((purl) => purl.startsWith('pkg:npm/%40aws-sdk/client-dynamodb@'))).toBe(true);
    expect(ofLayer).toEqual([`pkg:npm/zod@${facts('node_modules/zod').version}`]);
  });
});
