import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import { account, properties, resolved, staging, statements, texts } from '../support/bootstrap-template.ts';
import { repository as root } from '../support/cloud.ts';
import { firstDeploy } from '../support/engine/stack-model.ts';
import { translate } from '../support/engine/translate.ts';

/**
 * What CloudFormation reads of each kind of resource to see whether it drifted (the handlers' `read` in the resource
 * schemas). Left out is what would open the content: `secretsmanager:GetSecretValue`.
 */
const reads: Readonly<Record<string, readonly string[]>> = {
  'AWS::ApiGateway::Deployment': ['apigateway:GET'],
  'AWS::ApiGateway::GatewayResponse': ['apigateway:GET'],
  'AWS::ApiGateway::RestApi': ['apigateway:GET'],
  'AWS::ApiGateway::Stage': ['apigateway:GET'],
  'AWS::ApplicationAutoScaling::ScalableTarget': [
    'application-autoscaling:DescribeScalableTargets',
    'application-autoscaling:ListTagsForResource',
  ],
  'AWS::ApplicationAutoScaling::ScalingPolicy': ['application-autoscaling:DescribeScalingPolicies'],
  'AWS::AppConfig::Application': ['appconfig:GetApplication', 'appconfig:ListTagsForResource'],
  'AWS::AppConfig::ConfigurationProfile': ['appconfig:GetConfigurationProfile', 'appconfig:ListTagsForResource'],
  'AWS::AppConfig::Deployment': ['appconfig:GetDeployment', 'appconfig:ListTagsForResource'],
  'AWS::AppConfig::DeploymentStrategy': ['appconfig:GetDeploymentStrategy', 'appconfig:ListTagsForResource'],
  'AWS::AppConfig::Environment': ['appconfig:GetEnvironment', 'appconfig:ListTagsForResource'],
  'AWS::AppConfig::HostedConfigurationVersion': ['appconfig:GetHostedConfigurationVersion'],
  'AWS::Budgets::Budget': ['budgets:ListTagsForResource', 'budgets:ViewBudget'],
  'AWS::CloudFormation::Stack': ['cloudformation:DescribeStacks'],
  'AWS::CloudWatch::Alarm': ['cloudwatch:DescribeAlarms', 'cloudwatch:ListTagsForResource'],
  'AWS::CloudWatch::Dashboard': ['cloudwatch:GetDashboard', 'cloudwatch:ListTagsForResource'],
  'AWS::CodeDeploy::Application': ['codedeploy:GetApplication', 'codedeploy:ListTagsForResource'],
  'AWS::CodeDeploy::DeploymentGroup': ['codedeploy:GetDeploymentGroup'],
  'AWS::DynamoDB::Table': [
    'dynamodb:DescribeContinuousBackups',
    'dynamodb:DescribeContributorInsights',
    'dynamodb:DescribeKinesisStreamingDestination',
    'dynamodb:DescribeTable',
    'dynamodb:DescribeTimeToLive',
    'dynamodb:GetResourcePolicy',
    'dynamodb:ListTagsOfResource',
  ],
  'AWS::EC2::EIP': ['ec2:DescribeAddresses'],
  'AWS::EC2::FlowLog': ['ec2:DescribeFlowLogs'],
  'AWS::EC2::InternetGateway': ['ec2:DescribeInternetGateways'],
  'AWS::EC2::NatGateway': ['ec2:DescribeNatGateways'],
  'AWS::EC2::Route': ['ec2:DescribeRouteTables'],
  'AWS::EC2::RouteTable': ['ec2:DescribeRouteTables'],
  'AWS::EC2::SecurityGroup': ['ec2:DescribeSecurityGroups'],
  'AWS::EC2::SecurityGroupEgress': ['ec2:DescribeSecurityGroupRules'],
  'AWS::EC2::Subnet': ['ec2:DescribeNetworkAcls', 'ec2:DescribeSubnets'],
  'AWS::EC2::SubnetRouteTableAssociation': ['ec2:DescribeRouteTables'],
  'AWS::EC2::VPC': [
    'ec2:DescribeNetworkAcls',
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeVpcAttribute',
    'ec2:DescribeVpcEncryptionControls',
    'ec2:DescribeVpcs',
  ],
  'AWS::EC2::VPCEndpoint': [
    'ec2:DescribeSecurityGroups',
    'ec2:DescribeSubnets',
    'ec2:DescribeVpcEndpoints',
    'ec2:DescribeVpcs',
  ],
  'AWS::EC2::VPCGatewayAttachment': ['ec2:DescribeInternetGateways', 'ec2:DescribeVpnGateways'],
  'AWS::ElastiCache::ReplicationGroup': ['elasticache:DescribeReplicationGroups', 'elasticache:ListTagsForResource'],
  'AWS::ElastiCache::SubnetGroup': ['elasticache:DescribeCacheSubnetGroups', 'elasticache:ListTagsForResource'],
  'AWS::ElastiCache::User': ['elasticache:DescribeUsers', 'elasticache:ListTagsForResource'],
  'AWS::ElastiCache::UserGroup': ['elasticache:DescribeUserGroups', 'elasticache:ListTagsForResource'],
  'AWS::Events::Rule': ['events:DescribeRule', 'events:ListTagsForResource', 'events:ListTargetsByRule'],
  'AWS::IAM::Role': [
    'iam:GetRole',
    'iam:GetRolePolicy',
    'iam:ListAttachedRolePolicies',
    'iam:ListRolePolicies',
    'iam:ListRoleTags',
  ],
  'AWS::KMS::Alias': ['kms:ListAliases'],
  'AWS::KMS::Key': ['kms:DescribeKey', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListResourceTags'],
  'AWS::Kinesis::Stream': ['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:ListTagsForStream'],
  'AWS::Lambda::Alias': ['lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig'],
  'AWS::Lambda::EventInvokeConfig': ['lambda:GetFunctionEventInvokeConfig'],
  'AWS::Lambda::EventSourceMapping': ['lambda:GetEventSourceMapping'],
  'AWS::Lambda::Function': [
    'lambda:GetFunction',
    'lambda:GetFunctionCodeSigningConfig',
    'lambda:GetFunctionRecursionConfig',
    'lambda:ListTags',
  ],
  'AWS::Lambda::LayerVersion': ['lambda:GetLayerVersion'],
  'AWS::Lambda::Permission': ['lambda:GetPolicy'],
  'AWS::Lambda::Version': ['lambda:ListVersionsByFunction', 'lambda:GetProvisionedConcurrencyConfig'],
  'AWS::Logs::LogGroup': [
    'logs:DescribeIndexPolicies',
    'logs:DescribeLogGroups',
    'logs:GetDataProtectionPolicy',
    'logs:ListTagsForResource',
  ],
  'AWS::Logs::MetricFilter': ['logs:DescribeMetricFilters'],
  'AWS::Logs::QueryDefinition': ['logs:DescribeQueryDefinitions'],
  'AWS::SNS::Subscription': ['sns:GetSubscriptionAttributes'],
  'AWS::SNS::Topic': [
    'sns:GetDataProtectionPolicy',
    'sns:GetTopicAttributes',
    'sns:ListSubscriptionsByTopic',
    'sns:ListTagsForResource',
  ],
  // It has no handler that reads: drift detection passes over it.
  'AWS::SNS::TopicPolicy': [],
  'AWS::SQS::Queue': ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:ListQueueTags'],
  'AWS::SQS::QueuePolicy': ['sqs:GetQueueAttributes'],
  'AWS::SSM::Parameter': ['ssm:DescribeParameters', 'ssm:GetParameters', 'ssm:ListTagsForResource'],
  'AWS::SecretsManager::RotationSchedule': ['secretsmanager:DescribeSecret'],
  'AWS::SecretsManager::Secret': ['secretsmanager:DescribeSecret'],
  'AWS::WAFv2::IPSet': ['wafv2:GetIPSet', 'wafv2:ListTagsForResource'],
  'AWS::WAFv2::LoggingConfiguration': ['wafv2:GetLoggingConfiguration'],
  'AWS::WAFv2::WebACL': ['wafv2:GetWebACL', 'wafv2:ListTagsForResource'],
  'AWS::WAFv2::WebACLAssociation': ['wafv2:GetWebACL', 'wafv2:GetWebACLForResource'],
};

/** What a job asks itself: for the plan, and for drift. */
const asks = [
  'cloudformation:BatchDescribeTypeConfigurations',
  'cloudformation:DescribeStackDriftDetectionStatus',
  'cloudformation:DescribeStackResourceDrifts',
  'cloudformation:DescribeStacks',
  'cloudformation:DetectStackDrift',
  'cloudformation:DetectStackResourceDrift',
  'cloudformation:GetTemplate',
  'cloudformation:ListStackResources',
  'lambda:GetFunctionConfiguration',
  'lambda:ListAliases',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:ListBucket',
];

const allowed = statements('ReadRole').filter(({ Effect }) => Effect === 'Allow');
const actions = [...new Set(allowed.flatMap(({ Action }) => texts(Action)))].sort();

/** The kinds of resources of a stage: of the root template as CloudFormation gets it, and of those under infra/. */
async function kinds(): Promise<string[]> {
  const tree = await readTree(root, readStage(root, 'production'));
  const [translated = {}] = translate([firstDeploy(tree)]);
  const nested = readdirSync(join(root, 'infra')).filter((file) => file !== 'bootstrap.yaml');
  const templates = [translated, ...nested.map((file) => readTemplate(join(root, 'infra', file)))];
  const blocks = templates.flatMap((template) => Object.values(objectAt(template, 'Resources')));
  return [...new Set(blocks.flatMap((block) => stringAt(block, 'Type') ?? []))].sort();
}

describe('the read role', () => {
  test('may read each kind of resource that a stage has', async () => {
    const found = await kinds();
    const unread = found.filter((kind) => reads[kind]?.every((action) => actions.includes(action)) !== true);

    expect(found).toContain('AWS::CloudWatch::Alarm');
    expect(unread).toEqual([]);
  }, 60_000);

  test('may do that, look at the stack and its artifacts, and nothing else', () => {
    expect(actions).toEqual([...new Set([...Object.values(reads).flat(), ...asks])].sort());
  });

  test('sees no item, message, record, secret or log line, and of parameters what is no secret', () => {
    const content =
      /^(dynamodb:(.*Item|Query|Scan|PartiQL.*|GetRecords|GetShardIterator)|sqs:ReceiveMessage|kinesis:(GetRecords|GetShardIterator|SubscribeToShard)|secretsmanager:(GetSecretValue|BatchGetSecretValue)|logs:(GetLogEvents|FilterLogEvents|StartQuery|GetLogRecord|Unmask)|ssm:(GetParameter|GetParametersByPath|GetParameterHistory)|kms:(Decrypt|ReEncrypt.*|GenerateDataKey.*)|lambda:Invoke.*)$/;

    expect(actions.filter((action) => content.test(action) || action.includes('*'))).toEqual([]);
  });

  test('changes nothing', () => {
    const changing = actions.filter(
      (action) => !/:(BatchDescribe|Describe|Detect|Get|List|View)[A-Za-z]+$/.test(action),
    );

    // API Gateway names its actions by the methods of HTTP.
    expect(changing).toEqual(['apigateway:GET']);
  });

  test('names the stage wherever there are names, and no bucket and role of another kind', () => {
    const unnamed = allowed.flatMap(({ Sid, Resource }) =>
      texts(Resource)
        .filter((resource) => !resource.includes('staging'))
        .map((resource) => [Sid, resource]),
    );

    expect(unnamed).toEqual([
      ['Drift', '*'],
      ['EventSources', '*'],
      ['Flags', 'arn:aws:appconfig:eu-west-1:123456789012:application/*'],
      ['Flags', 'arn:aws:appconfig:eu-west-1:123456789012:deploymentstrategy/*'],
      ['Apis', 'arn:aws:apigateway:eu-west-1::/restapis/*'],
      ['Apis', 'arn:aws:apigateway:eu-west-1::/usageplans/*'],
      ['Firewall', 'arn:aws:apigateway:eu-west-1::/restapis/*'],
      ['Keys', 'arn:aws:kms:eu-west-1:123456789012:key/*'],
      ['Lists', '*'],
    ]);
  });

  test('is refused the keys of callers, which are below a usage plan', () => {
    expect(statements('ReadRole')).toContainEqual({
      Sid: 'NoApiKeys',
      Effect: 'Deny',
      Action: 'apigateway:GET',
      Resource: 'arn:aws:apigateway:eu-west-1::/usageplans/*/keys*',
    });
  });
});

describe('the topic of deployments', () => {
  test('is encrypted, and carries the stage', () => {
    expect(properties('Deployments')).toEqual({
      TopicName: 'aviary-deployments-staging',
      KmsMasterKeyId: 'alias/aws/sns',
    });
  });

  test('is all that the deploy role tells', () => {
    const telling = statements('DeployRole').filter(({ Action }) => texts(Action).some((it) => it.startsWith('sns:')));

    expect(telling).toEqual([
      {
        Sid: 'Tell',
        Effect: 'Allow',
        Action: 'sns:Publish',
        Resource: `arn:aws:sns:eu-west-1:${account}:aviary-deployments-staging`,
      },
    ]);
  });

  test('has a policy that lets the deploy role in, in place of the one that lets in the account', () => {
    expect(properties('DeploymentsPolicy')).toEqual({
      Topics: [{ Ref: 'Deployments' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'DeployRole',
            Effect: 'Allow',
            Principal: { AWS: { 'Fn::GetAtt': ['DeployRole', 'Arn'] } },
            Action: 'sns:Publish',
            Resource: { Ref: 'Deployments' },
          },
        ],
      },
    });
  });

  test('mails where an address is given, and nobody else', () => {
    const mailing = resolved('staging', { NotificationEmail: 'someone@example.com' });

    expect(staging['DeploymentsByMail']).toBeUndefined();
    expect(properties('DeploymentsByMail', mailing)).toEqual({
      TopicArn: { Ref: 'Deployments' },
      Protocol: 'email',
      Endpoint: 'someone@example.com',
    });
  });
});

test('role and topic are outputs', () => {
  const outputs = objectAt(readTemplate(join(root, 'infra', 'bootstrap.yaml')), 'Outputs');

  expect(outputs['ReadRoleArn']).toEqual({ Condition: 'IsHome', Value: { 'Fn::GetAtt': ['ReadRole', 'Arn'] } });
  expect(outputs['DeploymentTopicArn']).toEqual({ Value: { Ref: 'Deployments' } });
});
