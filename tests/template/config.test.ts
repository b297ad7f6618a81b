import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { flags } from '@shared/config/flags';
import type { Settings } from '@shared/config/settings';
import { asInTemplate } from '@shared/observability/log-levels';
import Ajv from 'ajv';
import { objectAt, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { repository } from '../support/engine/a-folder.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const stages = resolvedStages();
const folders = globSync('functions/*/settings.ts', { cwd: repository })
  .map((path) => basename(dirname(path)))
  .sort();
const settingsOf = async (folder: string): Promise<Settings> =>
  ((await import(`../../functions/${folder}/settings.ts`)) as { settings: Settings }).settings;
const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
const parametersOf = (config: Readonly<Record<string, JsonObject>> | undefined): JsonObject[] =>
  Object.values(config ?? {})
    .filter(({ Type }) => Type === 'AWS::SSM::Parameter')
    .map(propertiesOf);
const textOf = (id: string, name: string): string =>
  stringAt(propertiesOf(stages[0]?.nested['Config']?.[id]), name) ?? '';

describe('the settings of infra/config.yaml', () => {
  it.each(stages)('are those of the functions in $name, with the same defaults', async ({ name, nested }) => {
    const wanted = await Promise.all(
      folders.map(async (folder) =>
        Object.entries(await settingsOf(folder)).map(
          ([setting, { fallback }]) => [`/aviary/${name}/${folder}/${setting}`, String(fallback)] as const,
        ),
      ),
    );
    const declared = parametersOf(nested['Config']).map(({ Name, Value }) => [Name, Value]);
    const ofAll = [`/aviary/${name}/logs/levels`, asInTemplate] as const;

    expect(declared.length).toBeGreaterThan(0);
    expect(declared.sort()).toEqual([...wanted.flat(), ofAll].sort());
  });

  it('let through what its function can read, and nothing else', async () => {
    for (const folder of folders) {
      for (const [setting, { schema }] of Object.entries(await settingsOf(folder))) {
        const declared = parametersOf(stages[0]?.nested['Config']).find((it) =>
          stringAt(it, 'Name')?.endsWith(`/${folder}/${setting}`),
        );
        const pattern = new RegExp(stringAt(declared, 'AllowedPattern') ?? '');
        const texts = [...Array.from({ length: 100_050 }, (_, at) => String(at)), '', ' ', '-1', '1.5', '1e3', 'many'];

        const differing = texts.filter((text) => pattern.test(text) !== schema.safeParse(text).success);

        expect([setting, differing]).toEqual([setting, []]);
      }
    }
  });

  it('may be read by their function, and no others of it', () => {
    for (const folder of folders) {
      for (const { root } of stages) {
        const block = Object.values(root).find((it) => propertiesOf(it)['CodeUri'] === `functions/${folder}/`);
        const reading = JSON.stringify(propertiesOf(block)['Policies']).match(/ssm:Get[^"]+|parameter\/[^"]+/g);

        expect(reading?.map((it) => it.replace(/\/(local|staging|production)\//, '/stage/'))).toEqual([
          'ssm:GetParametersByPath',
          `parameter/aviary/stage/${folder}`,
          // As by every function.
          'ssm:GetParameter',
          'parameter/aviary/stage/logs/levels',
        ]);
      }
    }
  });
});

describe('the setting of how much functions log', () => {
  const pattern = new RegExp(textOf('LogsLevels', 'AllowedPattern'));

  it.each(['none', 'users=DEBUG', '*=WARN', 'order-stream=5%', 'users=DEBUG,*=10%'])('may be %p', (text) => {
    expect(pattern.test(text)).toBe(true);
  });

  it.each(['', 'users', 'users=LOUD', 'users=0%', 'users=100%', 'users=DEBUG,', 'Users=DEBUG', 'users = DEBUG'])(
    'may not be %p',
    (text) => {
      expect(pattern.test(text)).toBe(false);
    },
  );
});

describe('the feature flags of infra/config.yaml', () => {
  const first = JSON.parse(textOf('FlagsVersion', 'Content')) as { flags: object; values: Record<string, unknown> };
  const [validator] = (propertiesOf(stages[0]?.nested['Config']?.['FlagsProfile'])['Validators'] ?? []) as JsonObject[];
  const { $schema, ...schema } = JSON.parse(stringAt(validator, 'Content') ?? '') as Record<string, unknown>;
  const accepts = new Ajv().compile(schema);

  it('are those of the code, with the same defaults', () => {
    const defaults = Object.entries(flags).map(([flag, enabled]) => [flag, { enabled }]);

    expect(first.values).toEqual(Object.fromEntries(defaults));
    expect(Object.keys(first.flags)).toEqual(Object.keys(flags));
  });

  it('are held against a schema, which takes the first version', () => {
    // AppConfig takes draft 4.
    expect($schema).toBe('http://json-schema.org/draft-04/schema#');
    expect([accepts(first), accepts.errors]).toEqual([true, null]);
  });

  it.each([
    ['one is left out', { ...first, values: { enable_advanced_caching: { enabled: true } } }],
    [
      'one is neither on nor off',
      { ...first, values: { ...first.values, enable_advanced_caching: { enabled: 'no' } } },
    ],
    ['one says nothing', { ...first, values: { ...first.values, another: {} } }],
    ['there are no values', { version: '1', flags: {} }],
  ])('are refused by it when %s', (_when, version) => {
    expect(accepts(version)).toBe(false);
  });

  it.each(stages)('go out bit by bit in an account, and at once where nobody waits for it: $name', (stage) => {
    const isLocal = stage.name === 'local';
    const config = stage.nested['Config'];

    expect(propertiesOf(config?.['FlagsGradually'])).toMatchObject({
      GrowthType: 'LINEAR',
      DeploymentDurationInMinutes: isLocal ? 0 : 10,
      GrowthFactor: isLocal ? 100 : 20,
      FinalBakeTimeInMinutes: isLocal ? 0 : 10,
    });
    expect(propertiesOf(config?.['FlagsAtOnce'])).toMatchObject({
      DeploymentDurationInMinutes: 0,
      GrowthFactor: 100,
      FinalBakeTimeInMinutes: 0,
    });
  });

  /** The functions that ask for a flag. */
  const asking = globSync('functions/*/dependencies.ts', { cwd: repository })
    .filter((path) => readFileSync(join(repository, path), 'utf8').includes('@shared/config/stage-flags'))
    .map((path) => basename(dirname(path)))
    .sort();

  it.each(stages)('may be asked for by the functions that do in $name, and by no other', ({ root }) => {
    const allowed = Object.values(root).filter((block) =>
      JSON.stringify(propertiesOf(block)['Policies'] ?? '').includes('"Outputs.FlagsArn"'),
    );

    expect(allowed.map((block) => basename(stringAt(propertiesOf(block), 'CodeUri') ?? '')).sort()).toEqual(asking);
  });

  it.each(stages.filter(({ name }) => name !== 'local'))('are taken back in $name by the alarms of these', (stage) => {
    const monitors = propertiesOf(stage.nested['Config']?.['FlagsEnvironment'])['Monitors'] as JsonObject[];
    const alarms = Object.values(stage.nested['Alarms'] ?? {}).map((alarm) =>
      stringAt(propertiesOf(alarm), 'AlarmName'),
    );
    const watched = monitors.map((it) => stringAt(objectAt(it, 'AlarmArn'), 'Fn::Sub') ?? '');

    expect(watched.map((arn) => arn.replace(/^.*:alarm:/, ''))).toEqual(
      asking.map((folder) => `aviary-${folder}-errors-${stage.name}`),
    );
    expect(alarms).toEqual(expect.arrayContaining(watched.map((arn) => arn.replace(/^.*:alarm:/, ''))));
    // So they are made first.
    expect(objectAt(propertiesOf(stage.root['Config']), 'Parameters')['AlarmStack']).toEqual({ Ref: 'Alarms' });
  });

  it('are watched by a role within the boundary of the stage', () => {
    const path = join(repository, 'infra', 'config.yaml');
    const given = { App: 'aviary', Stage: 'staging', Bootstrapped: 'true', AlarmStack: 'alarms' };
    const role = propertiesOf(resolveTemplate(readTemplate(path), given).resources['FlagsAlarmRole']);

    expect(JSON.stringify(role['PermissionsBoundary'])).toContain('policy/aviary-boundary-staging');
    expect(JSON.stringify(role['Policies'])).toContain('"Action":"cloudwatch:DescribeAlarms"');
  });

  it('need no role in the local stage, which has no alarms', () => {
    const local = stages.find(({ name }) => name === 'local')?.nested['Config'];

    expect(local?.['FlagsAlarmRole']).toBeUndefined();
    expect(propertiesOf(local?.['FlagsEnvironment'])['Monitors']).toBeUndefined();
  });
});
