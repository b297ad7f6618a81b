import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { build } from 'esbuild';
import { starsWithoutReason } from '../../tools/doctor/stars-without-reason.ts';
import { isObject, objectAt, parseJson, stringAt, type JsonObject } from '../../tools/lib/json.ts';
import { recordFunction } from '../../tools/plan/recorded-block.ts';
import { functionNames } from '../../tools/scaffold/names.ts';
import { aFunction } from '../support/engine/a-tree.ts';
import { repository } from '../support/engine/a-folder.ts';
import { logicalId } from '../support/aviary-stage.ts';
import { resolvedStages, type ResolvedStage } from '../support/engine/stages.ts';

const stages = resolvedStages();
const folders = globSync('functions/*/', { cwd: repository })
  .map((path) => basename(path))
  .sort();
const stageNamed = (name: string): ResolvedStage => {
  const found = stages.find((it) => it.name === name);
  if (!found) throw new Error(`There is no stage ${name}`);
  return found;
};
const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
const isFunction = (block: JsonObject): boolean => block['Type'] === 'AWS::Serverless::Function';
const functionsOf = ({ root }: ResolvedStage): { id: string; folder: string; properties: JsonObject }[] =>
  Object.entries(root)
    .filter(([, block]) => isFunction(block))
    .map(([id, block]) => {
      const properties = propertiesOf(block);
      return { id, folder: basename(stringAt(properties, 'CodeUri') ?? ''), properties };
    });
const everyFunction = stages.flatMap((stage) =>
  functionsOf(stage).map((it) => ({ title: `${it.folder} in ${stage.name}`, stage, ...it })),
);
const variablesOf = (properties: JsonObject): JsonObject => objectAt(objectAt(properties, 'Environment'), 'Variables');

const nameProperty =
  /^(FunctionName|LayerName|TableName|QueueName|TopicName|BucketName|LogGroupName|AlarmName|RoleName|Name)$/;
const namesIn = (resources: Readonly<Record<string, JsonObject>>): string[] =>
  Object.values(resources).flatMap((block) =>
    Object.entries(propertiesOf(block)).flatMap(([key, value]) =>
      // A permission has the name of the function that it is for.
      block['Type'] !== 'AWS::Lambda::Permission' && nameProperty.test(key)
        ? [`${stringAt(block, 'Type') ?? ''} ${JSON.stringify(value)}`]
        : [],
    ),
  );
const allNames = ({ root, nested }: ResolvedStage): string[] => [root, ...Object.values(nested)].flatMap(namesIn);

describe('physical names', () => {
  it.each(stages)('are unique in $name', (stage) => {
    const names = allNames(stage);

    expect(names.length).toBeGreaterThan(folders.length * 2);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });

  it.each(stages)('carry the stage in $name', (stage) => {
    expect(
      allNames(stage).filter((name) => !name.includes(`-${stage.name}`) && !name.includes(`/${stage.name}/`)),
    ).toEqual([]);
  });

  it('are not shared by two stages', () => {
    const names = stages.flatMap(allNames);

    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
});

describe('functions', () => {
  it.each(stages)('of the template and folders under functions/ are the same in $name', (stage) => {
    expect(
      functionsOf(stage)
        .map(({ folder }) => folder)
        .sort(),
    ).toEqual(folders);
  });

  it.each(folders)('%s has a name that aviary new takes', (folder) => {
    expect(functionNames(folder).name).toBe(folder);
  });

  it.each(everyFunction)('$title is named after its folder', ({ folder, stage, properties }) => {
    expect(properties['FunctionName']).toBe(`aviary-${folder}-${stage.name}`);
    expect(variablesOf(properties)['POWERTOOLS_SERVICE_NAME']).toBe(folder);
  });

  it.each(everyFunction)('$title has a log group of its own, which keeps logs for a time', ({ stage, properties }) => {
    const id = objectAt(objectAt(properties, 'LoggingConfig'), 'LogGroup')['Ref'] as string;

    expect(stage.root[id]?.['Type']).toBe('AWS::Logs::LogGroup');
    expect(propertiesOf(stage.root[id])).toEqual({
      LogGroupName: `/aws/lambda/${stringAt(properties, 'FunctionName') ?? ''}`,
      RetentionInDays: 14,
    });
  });

  it.each(everyFunction)('$title has the alias, limits, level and layers of its stage', ({ stage, properties }) => {
    const production = stage.name === 'production';

    expect(properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Handler: 'handler.handler',
      AutoPublishAlias: 'live',
      Timeout: 30,
      MemorySize: production ? 512 : 256,
      Layers: [{ Ref: 'DependenciesLayer' }, { Ref: 'SharedLayer' }],
    });
    expect(variablesOf(properties)).toMatchObject({
      STAGE: stage.name,
      POWERTOOLS_METRICS_NAMESPACE: 'aviary',
      POWERTOOLS_LOG_LEVEL: production ? 'INFO' : 'DEBUG',
    });
  });

  it.each(everyFunction)('$title moves traffic as its stage does', ({ folder, stage, properties }) => {
    const { name } = stage;
    const Type = name === 'production' ? 'Canary10Percent5Minutes' : 'AllAtOnce';
    const id = logicalId(folder);
    const Alarms = [`aviary-${folder}-errors-${name}`, { Ref: `${id}VersionErrors` }, { Ref: `${id}VersionDuration` }];
    const Hooks = { PreTraffic: { Ref: 'TrafficHook' } };
    const Role = { 'Fn::GetAtt': ['DeploymentRole', 'Arn'] };

    // The local stage has no CodeDeploy, and the hook cannot ask itself.
    const hasCanary = name !== 'local' && folder !== 'traffic-hook';
    expect(properties['DeploymentPreference']).toEqual(
      hasCanary ? { Enabled: true, Type, Alarms, Hooks, Role } : undefined,
    );
  });

  it.each(everyFunction)('$title has less than 4 KB of environment with what a deploy adds', ({ properties }) => {
    const { CodeUri: _code, Layers: _layers, ...rest } = properties;
    const recorded = recordFunction(aFunction({ properties: rest }), `${'a'.repeat(40)}-dirty`, 'f'.repeat(64));

    const variables = Object.entries(variablesOf(propertiesOf(recorded)));
    const bytes = variables.reduce((sum, [name, value]) => sum + name.length + JSON.stringify(value).length, 0);

    expect(bytes).toBeLessThan(4096);
  });

  it.each(everyFunction)('$title refers to no resource that its stage does not have', ({ stage, properties }) => {
    const refs = [...JSON.stringify(properties).matchAll(/"Ref":"(?!AWS::)([^"]+)"/g)].map(([, id]) => id ?? '');

    expect(refs.filter((id) => stage.root[id] === undefined)).toEqual([]);
  });

  it.each(folders)('%s has a short entry that exports its handler', async (folder) => {
    const entry = `functions/${folder}/handler.ts`;
    const { metafile } = await build({
      entryPoints: [entry],
      absWorkingDir: repository,
      bundle: true,
      packages: 'external',
      external: ['@shared/*'],
      platform: 'node',
      format: 'esm',
      write: false,
      outdir: 'out',
      metafile: true,
    });

    expect(Object.values(metafile.outputs).flatMap(({ exports }) => exports)).toEqual(['handler']);
    expect(readFileSync(join(repository, entry), 'utf8').trimEnd().split('\n').length).toBeLessThan(40);
  });

  it.each(folders)('%s has sample events, which are JSON', (folder) => {
    const events = globSync(`functions/${folder}/events/*.json`, { cwd: repository });

    expect(events.length).toBeGreaterThan(0);
    for (const path of events) expect(isObject(parseJson(readFileSync(join(repository, path), 'utf8')))).toBe(true);
  });

  it('and layers have no package.json, beside which SAM would install packages', () => {
    expect(globSync('{functions,layers}/**/package*.json', { cwd: repository })).toEqual([]);
  });
});

const queuesOf = (root: ResolvedStage['root']): string[] =>
  Object.keys(root).filter((id) => root[id]?.['Type'] === 'AWS::SQS::Queue');

/** Logical ids of the queues to which a resource gives what failed. */
const deadLettersOf = (block: JsonObject): string[] => {
  const properties = propertiesOf(block);
  const failures = Object.values(objectAt(properties, 'Events')).map(
    (event) => objectAt(objectAt(objectAt(event, 'Properties'), 'DestinationConfig'), 'OnFailure')['Destination'],
  );
  const own = objectAt(properties, 'DeadLetterQueue')['TargetArn'];
  const redriven = objectAt(properties, 'RedrivePolicy')['deadLetterTargetArn'];
  return [own, redriven, ...failures].flatMap((arn) =>
    isObject(arn) ? [(arn['Fn::GetAtt'] as string[])[0] ?? ''] : [],
  );
};

describe('data', () => {
  it.each(stages)('keeps the table of $name recoverable and encrypted', ({ name, nested }) => {
    const table = nested['Data']?.['Table'];

    expect(table).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(propertiesOf(table)).toMatchObject({
      TableName: `aviary-main-${name}`,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  it.each(stages)('has the name in $name by which the functions ask for the table', (stage) => {
    const table = propertiesOf(stage.nested['Data']?.['Table'])['TableName'];
    const named = functionsOf(stage).map(({ properties }) => variablesOf(properties)['TABLE_NAME']);

    expect(named.filter((name) => typeof name === 'string' && name !== table)).toEqual([]);
  });

  it.each(stages)('keeps failed events of $name for 14 days', ({ root }) => {
    const queues = queuesOf(root).filter((id) => id.endsWith('DeadLetters'));

    expect(queues.length).toBeGreaterThan(0);
    for (const id of queues) {
      expect(propertiesOf(root[id])).toMatchObject({
        MessageRetentionPeriod: 14 * 24 * 3600,
        VisibilityTimeout: 30,
        SqsManagedSseEnabled: true,
      });
    }
  });

  it.each(stages)('gives each dead-letter queue of $name to something that fails', ({ root }) => {
    const used = Object.values(root).flatMap(deadLettersOf);

    expect([...new Set(used)].sort()).toEqual(
      queuesOf(root)
        .filter((id) => id.endsWith('DeadLetters'))
        .sort(),
    );
  });

  it.each(stages)('holds a message of $name back while it is worked on, and puts aside one that fails', ({ root }) => {
    for (const id of queuesOf(root).filter((it) => !it.endsWith('DeadLetters'))) {
      const queue = propertiesOf(root[id]);
      // Six times the timeout of a function, as Lambda asks for.
      expect(queue['VisibilityTimeout']).toBeGreaterThanOrEqual(6 * 30);
      expect(deadLettersOf(root[id] ?? {})).toHaveLength(1);
      expect(queue['SqsManagedSseEnabled']).toBe(true);
    }
  });
});

describe('rights', () => {
  // bootstrap.test.ts has a stricter rule for the rights of people and of GitHub.
  const templates = globSync('infra/*.yaml', { cwd: repository }).filter((path) => !path.endsWith('bootstrap.yaml'));

  it.each(['template.yaml', ...templates])('%s gives a reason for each star', (path) => {
    expect(starsWithoutReason(readFileSync(join(repository, path), 'utf8'))).toEqual([]);
  });

  it('would be refused with a star that nobody explains', () => {
    const lines = [
      "  Resource: '*'",
      '  - dynamodb:*',
      "  Resource: '*' # has no ARN",
      '  # all of them',
      '  Action: s3:*',
    ];

    expect(starsWithoutReason(lines.join('\n'))).toEqual(lines.slice(0, 2));
  });
});

describe('the short import path of the shared layer', () => {
  it('is the same for tsc, jest and the tools', async () => {
    const { sharedAlias, sharedSource } = await import('../../tools/build/layer-options.ts');
    const tsconfig = JSON.parse(readFileSync(join(repository, 'tsconfig.json'), 'utf8')) as {
      compilerOptions: { paths: Record<string, string[]> };
    };
    const found = require.resolve('@shared/http/respond');

    expect(tsconfig.compilerOptions.paths).toEqual({ [`${sharedAlias}*`]: [`./${sharedSource}/*.ts`] });
    expect(found).toBe(join(repository, sharedSource, 'http/respond.ts'));
  });

  it('is external in the build of every function', () => {
    for (const block of Object.values(stageNamed('local').root).filter(isFunction)) {
      expect(objectAt(objectAt(block, 'Metadata'), 'BuildProperties')).toMatchObject({
        External: ['@shared/*'],
        Packages: 'external',
        Target: 'node24',
        EntryPoints: ['handler.ts'],
      });
    }
  });

  it('stands for every folder of the layers', () => {
    expect(
      globSync('layers/*/Makefile', { cwd: repository })
        .map((path) => basename(dirname(path)))
        .sort(),
    ).toEqual(['dependencies', 'shared']);
  });
});
