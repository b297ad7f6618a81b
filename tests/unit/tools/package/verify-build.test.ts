import { verifyBuild } from '../../../../tools/package/verify-build.ts';
import { sha256, type JsonObject } from '../../../../tools/lib/json.ts';
import type { TreeFunction } from '../../../../tools/tree/tree.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zipFolder } from '../../../../tools/package/zip-folder.ts';
import { aFunction } from '../../../support/engine/a-tree.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const users: TreeFunction = { ...aFunction(), code: sha256('the bytes') };
const verify = (properties: JsonObject, files: Record<string, string> = { 'Users/handler.js': 'the bytes' }): void => {
  const template = { Resources: { Users: { Properties: properties }, Queue: { Type: 'AWS::SQS::Queue' } } };
  verifyBuild(aFolder({ 'template.yaml': JSON.stringify(template), ...files }), [users]);
};

describe('verifyBuild', () => {
  it('takes what was built as it was planned', () => {
    expect(() => {
      verify({ CodeUri: 'Users' });
    }).not.toThrow();
  });

  it('takes what is in S3 already', () => {
    const folder = aFolder({
      'template.yaml': JSON.stringify({ Resources: { Users: { Properties: { CodeUri: 's3://bucket/key' } } } }),
    });

    expect(() => {
      verifyBuild(folder, []);
    }).not.toThrow();
  });

  it.each([
    [{ CodeUri: '../../../../functions/users/' }, 'CodeUri ../../../../functions/users/'],
    [{ ContentUri: '../layers/shared' }, 'ContentUri ../layers/shared'],
    [{ CodeUri: 'Gone' }, 'CodeUri Gone'],
  ])('refuses to ship raw source: %j', (properties, said) => {
    const failure = failureOf(() => {
      verify(properties);
    });

    expect(failure.problem).toBe(`sam build left Users with ${said}, which is not built.`);
  });

  it.each([
    ['other bytes', { 'Users/handler.js': 'other bytes' }, sha256('other bytes').slice(0, 12)],
    ['nothing', { 'Users/other.js': 'the bytes' }, 'nothing'],
  ])('refuses %s than were planned', (_name, files, said) => {
    const failure = failureOf(() => {
      verify({ CodeUri: 'Users' }, files);
    });

    expect(failure.problem).toBe(
      `sam build made another Users than was planned (${said}, planned ${users.code.slice(0, 12)}).`,
    );
  });

  it.each([
    ['takes the planned bytes', 'the bytes', 'nothing'],
    ['refuses other bytes', 'other bytes', /sam build made another Users than was planned/],
  ])('%s in a zip', (_name, bytes, said) => {
    const folder = aFolder({
      'build/template.yaml': JSON.stringify({ Resources: { Users: { Properties: { CodeUri: '../Users.zip' } } } }),
    });
    writeFileSync(join(folder, 'Users.zip'), zipFolder(aFolder({ 'handler.js': bytes })));
    let problem = 'nothing';

    try {
      verifyBuild(join(folder, 'build'), [users]);
    } catch (error) {
      problem = String(error);
    }

    expect(problem).toMatch(said);
  });
});
