import type { Finding } from '../../../../tools/doctor/finding.ts';
import { judgeTraps } from '../../../../tools/doctor/judge-traps.ts';
import type { TrapFiles } from '../../../../tools/doctor/read-traps.ts';
import { Failure } from '../../../../tools/lib/failure.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';

const aFunction = (properties: JsonObject = {}): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Properties: { AutoPublishAlias: 'live', LoggingConfig: { LogGroup: { Ref: 'Logs' } }, ...properties },
});
const logs: JsonObject = { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 14 } };
const having = (resources: Readonly<Record<string, JsonObject>>): TrapFiles['stages'] => ({
  staging: { 'template.yaml': { Resources: { Users: aFunction(), Logs: logs, ...resources } } },
});
const good: TrapFiles = { stages: having({}), texts: {}, packageFiles: [], indexes: [] };
const wrong = (files: Partial<TrapFiles>): Finding[] =>
  judgeTraps({ ...good, ...files }).filter(({ state }) => state !== 'ok');
const index = { table: 'infra/data.yaml Table of staging', added: [], removed: [], altered: [] };

describe('what a deploy would stumble over', () => {
  it('is nothing where all is well', () => {
    expect(judgeTraps(good)).toHaveLength(6);
    expect(wrong({})).toEqual([]);
  });

  it.each<[string, Partial<TrapFiles>, string]>([
    [
      'a package.json beside a handler',
      { packageFiles: ['functions/users/package.json'] },
      'functions/users/package.json.',
    ],
    [
      'a function of which no version is published',
      { stages: having({ Users: { ...aFunction(), Properties: { LoggingConfig: { LogGroup: 'users' } } } }) },
      'template.yaml Users of staging has no AutoPublishAlias.',
    ],
    [
      'a hash by hand, with which a change of a layer publishes nothing',
      { stages: having({ Users: aFunction({ AutoPublishCodeSha256: 'abc' }) }) },
      'template.yaml Users of staging has an AutoPublishCodeSha256 of its own.',
    ],
    [
      'an environment that is too long',
      { stages: having({ Users: aFunction({ Environment: { Variables: { LIST: 'x'.repeat(4_093) } } }) }) },
      'template.yaml Users of staging has 4097 bytes.',
    ],
    [
      'two indexes at once',
      { indexes: [{ ...index, added: ['gsi3', 'gsi4'] }] },
      'infra/data.yaml Table of staging takes 2 updates.',
    ],
    [
      'an index of another key',
      { indexes: [{ ...index, altered: ['gsi1'] }] },
      'infra/data.yaml Table of staging takes 2 updates.',
    ],
    [
      'a right on everything that nobody explains',
      { texts: { 'infra/data.yaml': "a:\n  Resource: '*'\n" } },
      "infra/data.yaml says Resource: '*'.",
    ],
    [
      'a log group without an end',
      { stages: having({ Logs: { ...logs, Properties: {} } }) },
      'template.yaml Logs of staging keeps its lines for ever.',
    ],
    [
      'a log group that Lambda makes',
      { stages: having({ Users: { ...aFunction(), Properties: { AutoPublishAlias: 'live' } } }) },
      'template.yaml Users of staging has no log group of the template.',
    ],
  ])('is %s', (_what, files, detail) => {
    expect(wrong(files)).toMatchObject([{ state: 'missing', detail, mend: expect.any(String) as unknown }]);
  });

  it('is not an environment of just what is allowed, nor one index', () => {
    const stages = having({ Users: aFunction({ Environment: { Variables: { LIST: 'x'.repeat(4_092) } } }) });

    expect(wrong({ stages, indexes: [{ ...index, removed: ['gsi2'] }] })).toEqual([]);
  });

  it('is not known of indexes without the commit to compare with', () => {
    expect(wrong({ indexes: new Failure('main is no commit of this clone.', 'Fetch it.') })).toMatchObject([
      { state: 'not checked', detail: 'main is no commit of this clone.' },
    ]);
  });
});
