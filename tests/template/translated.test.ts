import { isObject, objectAt, type JsonObject } from '../../tools/lib/json.ts';
import { despiteAlarm } from '../../tools/plan/despite-alarm.ts';
import { makePlan } from '../../tools/plan/plan.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import type { Tree } from '../../tools/tree/tree.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readAccesses } from '../support/accesses.ts';
import { repository } from '../support/engine/a-folder.ts';
import { deployed, firstDeploy } from '../support/engine/stack-model.ts';
import { resourcesOf, translate } from '../support/engine/translate.ts';

const properties = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
const versionIds = (template: JsonObject | undefined): string[] =>
  Object.keys(resourcesOf(template ?? {}, 'AWS::Lambda::Version')).sort();

describe.each(['staging', 'production'])('what CloudFormation makes of %s', (stage) => {
  let tree: Tree;
  let first: JsonObject;
  let later: JsonObject;
  let changed: JsonObject;
  let again: JsonObject;
  let despite: JsonObject;
  beforeAll(async () => {
    tree = await readTree(repository, readStage(repository, stage));
    const [one, ...others] = tree.functions;
    if (!one) throw new Error('There are no functions');
    const moved = { ...tree, functions: [{ ...one, release: 'f'.repeat(64) }, ...others] };
    const stack = deployed(tree);
    // The whole template of another commit; one function changed; one function changed as a deploy would compose it.
    const templates = [
      firstDeploy(tree),
      firstDeploy({ ...tree, commit: 'other' }),
      firstDeploy(moved),
      deployed(moved, stack).template,
      despiteAlarm(deployed(moved, stack).template, [one.logicalId], {
        alarm: `aviary-${one.name}-errors-${stage}`,
        reason: 'this mends it',
      }),
    ];
    const translated = translate(templates);
    [first = {}, later = {}, changed = {}, again = {}, despite = {}] = translated;
  }, 60_000);

  it('is far from the limit of 500 resources', () => {
    const number = Object.keys(resourcesOf(first)).length;

    expect(number).toBeGreaterThan(tree.functions.length * 5);
    expect(number).toBeLessThan(500);
  });

  it('is one version of each function', () => {
    const ids = tree.functions.map(({ logicalId }) => logicalId);

    expect(versionIds(first).map((id) => id.replace(/Version[0-9a-f]{10}$/, ''))).toEqual([...ids].sort());
  });

  it('is the same version for another commit', () => {
    expect(versionIds(later)).toEqual(versionIds(first));
  });

  it('is another version for another release, of that function alone', () => {
    const before = new Set(versionIds(first));
    const moved = tree.functions[0]?.logicalId ?? '';

    for (const template of [changed, again]) {
      const fresh = versionIds(template).filter((id) => !before.has(id));
      expect(fresh.map((id) => id.replace(/Version[0-9a-f]{10}$/, ''))).toEqual([moved]);
      expect(versionIds(template)).toHaveLength(before.size);
    }
  });

  /** All but the hook, which cannot ask itself. */
  const asked = (): Tree['functions'] => tree.functions.filter(({ name }) => name !== 'traffic-hook');

  it('is an alias of each function that moves by CodeDeploy, which asks the hook first', () => {
    const aliases = resourcesOf(first, 'AWS::Lambda::Alias');

    expect(Object.keys(aliases)).toHaveLength(tree.functions.length);
    for (const alias of Object.values(aliases)) expect(properties(alias)['Name']).toBe('live');
    for (const { logicalId } of asked()) {
      expect(objectAt(aliases[`${logicalId}Aliaslive`], 'UpdatePolicy')['CodeDeployLambdaAliasUpdate']).toEqual({
        ApplicationName: { Ref: 'ServerlessDeploymentApplication' },
        DeploymentGroupName: { Ref: `${logicalId}DeploymentGroup` },
        BeforeAllowTrafficHook: { Ref: 'TrafficHook' },
      });
    }
    expect(aliases['TrafficHookAliaslive']).not.toHaveProperty('UpdatePolicy');
  });

  it('is alarms of each function that watch the version which is about to get traffic, and no other', () => {
    const ids = versionIds(first);
    for (const { logicalId } of asked()) {
      const version = ids.find((id) => new RegExp(`^${logicalId}Version[0-9a-f]{10}$`).test(id));
      for (const kind of ['Errors', 'Duration']) {
        const alarm = JSON.stringify(resourcesOf(first)[`${logicalId}Version${kind}`]);
        const followed = [...alarm.matchAll(/"Fn::GetAtt":\["([^"]+)","Version"\]/g)].map(([, id]) => id);
        expect([logicalId, new Set(followed)]).toEqual([logicalId, new Set([version])]);
      }
    }
  });

  it('is nothing to deploy for another commit of the same tree, with its alarms and hooks', () => {
    const withoutCommit = (template: JsonObject): unknown =>
      JSON.parse(JSON.stringify(template).replaceAll(/"(?:commit|COMMIT)":"[^"]*"/g, '"commit":""'));

    expect(withoutCommit(later)).toEqual(withoutCommit(first));
    expect(
      makePlan({ ...tree, commit: 'other' }, deployed(tree).record).items.map(({ change }) => change),
    ).not.toContain('changed');
  });

  it('is a deployment group of each function, which its alarms stop', () => {
    const groups = resourcesOf(first, 'AWS::CodeDeploy::DeploymentGroup');
    const config = stage === 'production' ? 'Canary10Percent5Minutes' : 'AllAtOnce';

    expect(Object.keys(groups).sort()).toEqual(
      asked()
        .map(({ logicalId }) => `${logicalId}DeploymentGroup`)
        .sort(),
    );
    for (const { logicalId, name } of asked()) {
      expect(properties(groups[`${logicalId}DeploymentGroup`])).toMatchObject({
        AlarmConfiguration: {
          Enabled: true,
          Alarms: [
            { Name: `aviary-${name}-errors-${stage}` },
            { Name: { Ref: `${logicalId}VersionErrors` } },
            { Name: { Ref: `${logicalId}VersionDuration` } },
          ],
        },
        AutoRollbackConfiguration: { Enabled: true },
      });
      expect(JSON.stringify(groups[`${logicalId}DeploymentGroup`])).toContain(config);
    }
  });

  it('is a gate without the alarm that a deploy goes on in spite of, of the function that moves alone', () => {
    const [groups, others] = [despite, again].map((it) => resourcesOf(it, 'AWS::CodeDeploy::DeploymentGroup')) as [
      Record<string, JsonObject>,
      Record<string, JsonObject>,
    ];
    const moved = tree.functions[0]?.logicalId ?? '';
    const group = `${moved}DeploymentGroup`;

    expect(properties(groups[group])['AlarmConfiguration']).toEqual({
      Enabled: true,
      Alarms: [{ Name: { Ref: `${moved}VersionErrors` } }, { Name: { Ref: `${moved}VersionDuration` } }],
    });
    expect({ ...groups, [group]: null }).toEqual({ ...others, [group]: null });
  });

  it('has the functions on the versions of the layers that it publishes', () => {
    const layers = Object.keys(resourcesOf(first, 'AWS::Lambda::LayerVersion'));

    expect(layers).toHaveLength(2);
    for (const block of Object.values(resourcesOf(first, 'AWS::Lambda::Function'))) {
      const refs = (properties(block)['Layers'] as { Ref: string }[]).map(({ Ref }) => Ref);
      expect([...refs].sort()).toEqual([...layers].sort());
    }
  });

  it('keeps the earlier versions of layers, which functions that stay are pinned to', () => {
    for (const layer of Object.values(resourcesOf(first, 'AWS::Lambda::LayerVersion')))
      expect(layer['DeletionPolicy']).toBe('Retain');
  });

  it('asks the authorizer, behind its alias, before each route that is not public', async () => {
    const accesses = await readAccesses();
    const body = objectAt(properties(resourcesOf(first)['Api']), 'Body');
    const asked = Object.entries(objectAt(body, 'paths')).flatMap(([path, operations]) =>
      Object.entries(isObject(operations) ? operations : {}).map(([method, operation]) => [
        `${method.toUpperCase()} ${path}`,
        JSON.stringify(isObject(operation) ? operation['security'] : undefined),
      ]),
    );

    expect(Object.fromEntries(asked)).toEqual(
      Object.fromEntries(
        Object.entries(accesses).map(([route, access]) => [
          route,
          access === 'public' ? '[{"NONE":[]}]' : '[{"Tokens":[]}]',
        ]),
      ),
    );
    const { Tokens } = objectAt(body, 'securityDefinitions');
    expect(objectAt(Tokens, 'x-amazon-apigateway-authorizer')).toMatchObject({
      type: 'request',
      identitySource: 'method.request.header.Authorization',
      authorizerResultTtlInSeconds: 300,
      authorizerUri: { 'Fn::Sub': [expect.any(String), { __FunctionArn__: { Ref: 'AuthorizerAliaslive' } }] },
    });
    expect(properties(resourcesOf(first)['ApiTokensAuthorizerPermission'])).toMatchObject({
      FunctionName: { Ref: 'AuthorizerAliaslive' },
      Principal: 'apigateway.amazonaws.com',
    });
  });

  it('has no role that may do everything', () => {
    for (const role of Object.values(resourcesOf(first, 'AWS::IAM::Role')))
      expect(JSON.stringify(properties(role)['Policies'] ?? [])).not.toMatch(/"(Action|Resource)":"\*"/);
  });
});

describe('what CloudFormation makes of local', () => {
  it('has nothing of CodeDeploy, which the local cloud has not', async () => {
    const tree = await readTree(repository, readStage(repository, 'local'));

    const [template = {}] = translate([firstDeploy(tree)]);

    expect(JSON.stringify(template)).not.toContain('CodeDeploy');
    expect(versionIds(template)).toHaveLength(tree.functions.length);
  }, 60_000);
});
