import { globSync } from 'node:fs';
import { basename } from 'node:path';
import { objectAt, textOf, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { makePlan } from '../../tools/plan/plan.ts';
import { repository } from '../support/engine/a-folder.ts';
import { everyOption, treeOf } from '../support/engine/every-option.ts';
import { deployed, firstDeploy } from '../support/engine/stack-model.ts';
import { resolvedStages, type ResolvedStage } from '../support/engine/stages.ts';
import { resourcesOf, translate } from '../support/engine/translate.ts';

const stageWith = (overrides: Readonly<Record<string, string>>, stage = 'production'): ResolvedStage => {
  const found = resolvedStages(overrides).find(({ name }) => name === stage);
  if (!found) throw new Error(`There is no stage ${stage}`);
  return found;
};
const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
const ofType = (resources: Readonly<Record<string, JsonObject>> | undefined, type: string): JsonObject[] =>
  Object.values(resources ?? {})
    .filter((block) => block['Type'] === type)
    .map(propertiesOf);

/** The end of the name of the endpoint behind each client; null where it is reached by way of the route table, or outside. */
const endpointOf: Readonly<Record<string, string | null>> = {
  'client-appconfigdata': 'appconfigdata',
  // traffic-hook has it, which is not in the network.
  'client-codedeploy': null,
  'client-codepipeline': 'codepipeline',
  'client-dynamodb': null,
  'client-kinesis': 'kinesis-streams',
  // As above.
  'client-lambda': null,
  'client-secrets-manager': 'secretsmanager',
  'client-sesv2': 'email',
  'client-sns': 'sns',
  'client-sqs': 'sqs',
  'client-ssm': 'ssm',
};

describe('the functions of a stage', () => {
  it('are in the network of the stage with Vpc=on, and that is all that a plan says of them', async () => {
    const [without, within] = await Promise.all([treeOf('staging'), treeOf('staging', { Vpc: 'on' })]);
    const [before = {}, after = {}] = translate([without, within].map(firstDeploy));
    const managedPolicy = 'service-role/AWSLambdaVPCAccessExecutionRole';
    const network = {
      SecurityGroupIds: [{ 'Fn::GetAtt': ['Network', 'Outputs.FunctionsGroupId'] }],
      SubnetIds: ['SubnetA', 'SubnetB'].map((id) => ({ 'Fn::GetAtt': ['Network', `Outputs.${id}`] })),
    };

    const plan = makePlan(within, deployed(without).record);

    expect(JSON.stringify(before)).not.toMatch(/VpcConfig|AWSLambdaVPCAccess/);
    const inside = within.functions.map(({ logicalId }) => logicalId).filter((id) => id !== 'TrafficHook');
    for (const [id, block] of Object.entries(resourcesOf(after, 'AWS::Lambda::Function')))
      expect([id, propertiesOf(block)['VpcConfig']]).toEqual([id, inside.includes(id) ? network : undefined]);
    for (const id of inside.map((logicalId) => `${logicalId}Role`))
      expect([id, JSON.stringify(resourcesOf(after)[id])]).toEqual([id, expect.stringContaining(managedPolicy)]);
    for (const { name, reasons } of plan.items.filter(({ kind }) => kind === 'function'))
      expect([name, reasons.map(({ kind, detail }) => `${kind}: ${detail.split(' ')[0] ?? ''}`)]).toEqual([
        name,
        name === 'traffic-hook' ? [] : ['config: VpcConfig'],
      ]);
  }, 60_000);
});

describe('the network', () => {
  const { nested, root } = stageWith({ Vpc: 'on' });
  const network = nested['Network'];

  it('is not there unless it is asked for', () => {
    for (const stage of resolvedStages())
      for (const id of ['Network', 'Endpoints', 'Internet', 'Cache']) expect(stage.root[id]).toBeUndefined();
  });

  it('has no way to the internet and back, unless Nat=on adds one', () => {
    const kinds = Object.values(network ?? {}).map((block) => block['Type']);

    expect(kinds.filter((kind) => /Gateway|EIP|EC2::Route$/.test(textOf(kind ?? '')))).toEqual([]);
    expect(root['Internet']).toBeUndefined();
    const { Internet } = stageWith({ Vpc: 'on', Nat: 'on' }).nested;
    expect(ofType(Internet, 'AWS::EC2::Route')).toContainEqual({
      RouteTableId: expect.stringContaining('PrivateRoutesId') as Json,
      DestinationCidrBlock: '0.0.0.0/0',
      NatGatewayId: { Ref: 'NatGateway' },
    });
  });

  it('has an endpoint for each service that a function has a client of, and for traces', () => {
    const clients = globSync('layers/dependencies/src/@aws-sdk/client-*.ts', { cwd: repository }).map((path) =>
      basename(path, '.ts'),
    );
    const services = (DeployPipeline: string): string[] =>
      ofType(stageWith({ Vpc: 'on', DeployPipeline }).nested['Endpoints'], 'AWS::EC2::VPCEndpoint')
        .filter((it) => it['VpcEndpointType'] === 'Interface')
        .map((it) => textOf(objectAt(it, 'ServiceName')['Fn::Sub'] ?? '').replace('com.amazonaws.${AWS::Region}.', ''));
    const wanted = [...clients.flatMap((client) => endpointOf[client] ?? []), 'xray'].sort();

    expect(clients.filter((client) => !Object.hasOwn(endpointOf, client))).toEqual([]);
    expect(services('deploys').sort()).toEqual(wanted);
    expect(services('').sort()).toEqual(wanted.filter((service) => service !== 'codepipeline'));
  });

  it('lets nothing through an endpoint that is not of the account', () => {
    const endpoints = ofType(nested['Endpoints'], 'AWS::EC2::VPCEndpoint');

    expect(endpoints.length).toBeGreaterThan(6);
    for (const endpoint of endpoints) {
      const [statement] = objectAt(endpoint, 'PolicyDocument')['Statement'] as JsonObject[];
      expect(statement?.['Condition']).toMatchObject({
        StringEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } },
      });
    }
  });

  it('lets functions speak HTTPS, endpoints and cache with functions alone, and nobody with functions', () => {
    const { nested: all } = stageWith(everyOption);
    const groups = { ...all['Network'], ...all['Endpoints'], ...all['Cache'] };
    const rules = (id: string, direction: string): Json => propertiesOf(groups[id])[`SecurityGroup${direction}`] ?? [];

    const group: unknown = expect.stringContaining('FunctionsGroupId');

    expect(rules('FunctionsGroup', 'Ingress')).toEqual([]);
    expect(rules('FunctionsGroup', 'Egress')).toEqual([expect.objectContaining({ FromPort: 443, ToPort: 443 })]);
    expect(rules('EndpointsGroup', 'Ingress')).toEqual([
      expect.objectContaining({ FromPort: 443, ToPort: 443, SourceSecurityGroupId: group }),
    ]);
    expect(rules('Group', 'Ingress')).toEqual([
      expect.objectContaining({
        FromPort: 6379,
        SourceSecurityGroupId: expect.stringContaining('FunctionsGroupId') as Json,
      }),
    ]);
    for (const id of ['EndpointsGroup', 'Group'])
      expect(rules(id, 'Egress')).toEqual([expect.objectContaining({ CidrIp: '127.0.0.1/32' })]);
  });

  it('notes who spoke with whom, by a role within the boundary of the stage', () => {
    const { nested: made } = stageWith({ Vpc: 'on', Bootstrapped: 'true' });

    expect(ofType(network, 'AWS::EC2::FlowLog')).toEqual([expect.objectContaining({ TrafficType: 'ALL' })]);
    for (const role of Object.values(made).flatMap((resources) => ofType(resources, 'AWS::IAM::Role')))
      expect(JSON.stringify(role['PermissionsBoundary'])).toContain('policy/aviary-boundary-production');
  });
});

describe('the cache', () => {
  const { nested } = stageWith(everyOption);
  const [group] = ofType(nested['Cache'], 'AWS::ElastiCache::ReplicationGroup');

  it('is two nodes in production, of which one takes over, and one elsewhere', () => {
    const staging = stageWith(everyOption, 'staging').nested['Cache'];

    expect(group).toMatchObject({ NumCacheClusters: 2, AutomaticFailoverEnabled: true, MultiAZEnabled: true });
    expect(ofType(staging, 'AWS::ElastiCache::ReplicationGroup')).toEqual([
      expect.objectContaining({ NumCacheClusters: 1, AutomaticFailoverEnabled: false, MultiAZEnabled: false }),
    ]);
  });

  it('lets in one user, whose password stands in a secret alone', () => {
    expect(ofType(nested['Cache'], 'AWS::ElastiCache::User')).toEqual([
      {
        UserId: 'aviary-cache-production',
        UserName: 'functions',
        Engine: 'valkey',
        AccessString: 'on ~aviary:production:* -@all +get +setex +info +ping',
        AuthenticationMode: {
          Type: 'password',
          Passwords: [{ 'Fn::Sub': '{{resolve:secretsmanager:${Secret}:SecretString:password}}' }],
        },
      },
    ]);
  });

  it('has names that ElastiCache takes, for the longest of applications', () => {
    const longest = stageWith({ ...everyOption, App: 'a'.repeat(21) }).nested['Cache'];
    const names = Object.values(longest ?? {}).flatMap((block) =>
      Object.entries(propertiesOf(block)).filter(([key]) => /^(ReplicationGroupId|UserGroupId|UserId)$/.test(key)),
    );

    expect(names).toHaveLength(3);
    for (const [, name] of names) expect(textOf(name).length).toBeLessThanOrEqual(40);
  });
});
