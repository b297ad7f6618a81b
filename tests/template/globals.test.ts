import { objectAt, type JsonObject } from '../../tools/lib/json.ts';
import { mergeGlobals } from '../../tools/template/merge-globals.ts';
import { translate } from '../support/engine/translate.ts';

const own: JsonObject = { Handler: 'a.b', Runtime: 'nodejs24.x', CodeUri: 's3://bucket/key' };
const cases: [string, JsonObject, JsonObject][] = [
  ['scalars', { MemorySize: 256, Timeout: 3 }, { MemorySize: 512 }],
  ['maps', { Environment: { Variables: { A: '1', B: '1' } } }, { Environment: { Variables: { B: '2', C: '2' } } }],
  ['lists', { Layers: ['arn:a', { Ref: 'X' }] }, { Layers: ['arn:b', 'arn:a'] }],
  ['an intrinsic over a map', { VpcConfig: { SubnetIds: ['a'] } }, { VpcConfig: { 'Fn::If': ['C', {}, {}] } }],
  ['a map over an intrinsic', { VpcConfig: { 'Fn::If': ['C', {}, {}] } }, { VpcConfig: { SubnetIds: ['a'] } }],
  ['a scalar over an intrinsic', { MemorySize: { Ref: 'Size' } }, { MemorySize: 128 }],
  ['lists in maps', { VpcConfig: { SubnetIds: ['a'] } }, { VpcConfig: { SubnetIds: ['b'], SecurityGroupIds: ['c'] } }],
  ['Architectures', { Architectures: ['arm64'] }, {}],
  ['Tags', { Tags: { A: '1' } }, { Tags: { B: '2' } }],
];

describe('mergeGlobals', () => {
  it('merges as the SAM translator does', () => {
    const blocks = cases.map(([, , local]): JsonObject => {
      return { Type: 'AWS::Serverless::Function', Properties: { ...own, ...local } };
    });
    const bySam = cases.map(([, Function], at) => ({ Globals: { Function }, Resources: { F: blocks[at] ?? {} } }));
    const byUs = cases.map(([, Function], at) => ({ Resources: { F: mergeGlobals(blocks[at] ?? {}, { Function }) } }));

    const translated = translate([...bySam, ...byUs]).map((template) => objectAt(template, 'Resources'));

    for (const [at, [name]] of cases.entries())
      expect([name, translated[at + cases.length]]).toEqual([name, translated[at]]);
    expect(objectAt(translated[0], 'F')['Properties']).toMatchObject({ MemorySize: 512, Timeout: 3 });
  }, 60_000);
});
