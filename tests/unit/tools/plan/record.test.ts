import { packagePlace, readRecord, recordVersion } from '../../../../tools/plan/record.ts';
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
    expect(failure.next).toBe('Give the stage another stack_name in samconfig.toml, or delete that stack first.');
  });

  it.each([undefined, 0, 2, '1'])('refuses the record version %j', (version) => {
    const Metadata = { Aviary: version === undefined ? {} : { version } };

    const { problem, next } = failureOf(() => readRecord({ Metadata }, 'aviary-staging'));

    expect(problem).toBe(
      `The stack aviary-staging was deployed by another version of Aviary (record ${JSON.stringify(version)}, known is 1).`,
    );
    expect(next).toBe('Use that version, or a newer one.');
    expect(recordVersion).toBe(1);
  });

  it('reads what went before, what was taken back, a pin, an override and the package', () => {
    const [pin, despite] = [
      { reason: 'r', until: '2026-12-24' },
      { alarm: 'users-errors-staging', reason: 'mends it' },
    ];
    const own = { previous: 'p', rolledBackFrom: 'q', package: 'z', pin, despite };
    const block = { Metadata: { Aviary: { name: 'users', code: 'c', release: 'r', ...own } } };

    const { functions } = readRecord({ ...template, Resources: { Users: block } }, 's');

    expect(functions.get('Users')).toMatchObject({ ...own, commit: 'unknown', files: {}, packages: {} });
  });

  it('leaves out what has not the form that is known, and takes the rest', () => {
    const { functions, resources, ...record } = readRecord(
      {
        Metadata: { Aviary: { version: recordVersion, resources: { Data: { hash: 'h' }, Odd: {}, Bare: 'h' } } },
        Resources: {
          Text: 'text',
          NoCode: { Metadata: { Aviary: { release: 'r' } } },
          NoRelease: { Metadata: { Aviary: { code: 'c' } } },
          Unnamed: { Metadata: { Aviary: { code: 'c', release: 'r' } } },
        },
      },
      's',
    );

    expect([...functions.values()].map(({ name }) => name)).toEqual(['Unnamed']);
    expect(resources).toEqual({ Data: { hash: 'h', contents: {} } });
    expect(record).toMatchObject({ stage: '', commit: 'unknown', parameters: {}, outputs: {}, pins: {} });
  });
});

describe('packagePlace', () => {
  const placeOf = (properties: Record<string, string>) => {
    const { record } = deployed(tree);
    const users = record.functions.get('Users');
    return users && packagePlace({ ...users, block: { Properties: properties } });
  };

  it.each([
    [{ CodeUri: 's3://bucket/aviary/users.zip' }, { bucket: 'bucket', key: 'aviary/users.zip' }],
    [{ ContentUri: 's3://bucket/layer' }, { bucket: 'bucket', key: 'layer' }],
  ])('finds bucket and key of %j', (properties, expected) => {
    expect(placeOf(properties)).toEqual(expected);
  });

  it.each([
    {},
    { CodeUri: '' },
    { CodeUri: './functions/users' },
    { CodeUri: 's3://bucket' },
    { CodeUri: 's3://bucket/' },
    { CodeUri: 's3:///key' },
    { CodeUri: 'from s3://bucket/key' },
    { CodeUri: 's3://bucket/key\nmore' },
  ])('finds none in %j', (properties) => {
    expect(placeOf(properties)).toBeUndefined();
  });
});
