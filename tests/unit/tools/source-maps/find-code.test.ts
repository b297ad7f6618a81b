import { readRecord } from '../../../../tools/plan/record.ts';
import { codeAt, findCode, type ReleasedCode } from '../../../../tools/source-maps/find-code.ts';

const modules = 'nodejs/node_modules/@shared';

/** The record of one function, which has the layers named. */
const recordOf = (layers: readonly (string | { Ref: string })[]) =>
  readRecord(
    {
      Metadata: { Aviary: { version: 1, stage: 'staging', commit: 'c' } },
      Resources: {
        SharedLayer: {
          Type: 'AWS::Serverless::LayerVersion',
          Metadata: { Aviary: { name: 'shared', code: 'of-layer', release: 'r', files: { [`${modules}/a.js`]: 'h' } } },
        },
        PackagesLayer: {
          Type: 'AWS::Serverless::LayerVersion',
          Metadata: { Aviary: { name: 'dependencies', code: 'of-packages', release: 'r', files: { zod: 'h' } } },
        },
        Users: {
          Type: 'AWS::Serverless::Function',
          Metadata: { Aviary: { name: 'users', code: 'of-users', release: 'abcdef' } },
          Properties: { FunctionName: 'app-users-staging', Handler: 'handler.handler', Layers: layers },
        },
      },
    },
    'app-staging',
  );

describe('findCode', () => {
  it('finds a release by its first digits, with the shared layer of the same record', () => {
    const record = recordOf([{ Ref: 'PackagesLayer' }, { Ref: 'SharedLayer' }]);

    expect(findCode(record, 'app-users-staging', 'abc')).toEqual({
      file: 'handler.js',
      code: 'of-users',
      layer: 'of-layer',
    });
  });

  it('knows no layer that is pinned: an earlier record has it', () => {
    const record = recordOf([{ Ref: 'PackagesLayer' }, 'arn:aws:lambda:eu-west-1:1:layer:app-shared-staging:3']);

    expect(findCode(record, 'app-users-staging')?.layer).toBeUndefined();
  });

  it.each([
    ['another function', 'app-orders-staging', 'abc'],
    ['another release', 'app-users-staging', 'ffff'],
  ])('finds nothing for %s', (_what, name, release) => {
    expect(findCode(recordOf([]), name, release)).toBeUndefined();
  });
});

describe('codeAt', () => {
  const code: ReleasedCode = { file: 'handler.js', code: 'of-users', layer: 'of-layer' };

  it.each([
    ['/var/task/handler.js', 'of-users'],
    ['/opt/nodejs/node_modules/shared-layer.js', 'of-layer'],
    ['/tmp/x/layer_1/nodejs/node_modules/shared-layer.js', 'of-layer'],
    ['/opt/nodejs/node_modules/zod.js', undefined],
    ['/opt/nodejs/node_modules/some/handler.js', undefined],
    ['/var/runtime/index.mjs', undefined],
  ])('says of %s that it is %p', (path, expected) => {
    expect(codeAt(code, path)).toBe(expected);
  });
});
