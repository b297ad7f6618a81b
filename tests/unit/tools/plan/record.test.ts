import { readRecord, recordVersion } from '../../../../tools/plan/record.ts';
import { deployed } from '../../../support/engine/stack-model.ts';
import { aBlock, aCommit, aFunction, aLayer, aNestedStack, aTree } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const users = aFunction({ shared: { 'http/respond': 'a' }, references: { Table: 't' }, layers: ['SharedLayer'] });
const shared = aLayer({ modules: { 'http/respond': 'a' } });
const data = aNestedStack('Data', 'infra/data.yaml', 'content');
const url = aBlock('Url', { Value: 'https://example.com' });
const tree = aTree({
  stage: 'staging',
  functions: [users],
  layers: [shared],
  resources: [data],
  outputs: [url],
  parameters: { App: 'aviary' },
});

describe('readRecord', () => {
  const { template, record } = deployed(tree);

  it('reads what each function and layer was made from', () => {
    const { code, release, files, packages, references } = users;

    expect([...record.functions.values()]).toEqual([
      {
        logicalId: 'Users',
        name: 'users',
        code,
        release,
        commit: aCommit(),
        files,
        packages,
        references,
        block: (template['Resources'] as Record<string, unknown>)['Users'],
      },
    ]);
    expect(record.layers.get('SharedLayer')).toMatchObject({ name: 'shared', release: shared.release });
    expect(record.functions.has('SharedLayer')).toBe(false);
  });

  it('reads what other resources and outputs were made from', () => {
    expect(record.resources).toEqual({ Data: { hash: data.hash, contents: data.contents } });
    expect(record.outputs).toEqual({ Url: { hash: url.hash, contents: {} } });
  });

  it('reads stage, commit and parameters', () => {
    expect(record).toMatchObject({ stage: 'staging', commit: aCommit(), parameters: { App: 'aviary' }, template });
  });

  it('takes no function for its own that it did not write', () => {
    const Resources = { Other: { Type: 'AWS::Serverless::Function', Metadata: { Aviary: { release: 'r' } } } };

    expect(readRecord({ ...template, Resources }, 's').functions.size).toBe(0);
  });

  it('refuses a template that Aviary did not write, and names the stack', () => {
    const failure = failureOf(() => readRecord({ Resources: {}, Metadata: { Other: {} } }, 'legacy'));

    expect(failure.problem).toContain('did not write the template of the stack legacy');
  });

  it.each([undefined, 0, 2, '1'])('refuses the record version %j', (version) => {
    const Metadata = { Aviary: version === undefined ? {} : { version } };

    expect(failureOf(() => readRecord({ Metadata }, 'aviary-staging')).problem).toContain(
      'The stack aviary-staging was deployed by another version of Aviary',
    );
    expect(recordVersion).toBe(1);
  });
});
