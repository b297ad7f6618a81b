/** A finding of checkov, or a door of tests/support/rights/open-doors.ts, that stays, with the reason. */
export interface AcceptedFinding {
  readonly check: string;
  /** `<type>` of all resources of that type, or `<type>.<logical id>` of one. */
  readonly of: string;
  readonly why: string;
}

/** Whatever a stage has switched on. */
export const accepted: readonly AcceptedFinding[] = [
  {
    check: 'CKV_AWS_115',
    of: 'AWS::Lambda::Function',
    why: 'A limit for one function is taken from what all of the account have; which it should be is known under load alone.',
  },
  {
    check: 'CKV_AWS_117',
    of: 'AWS::Lambda::Function.TrafficHook',
    why: 'It calls CodeDeploy and Lambda, to which no other function needs a way out of the network.',
  },
  {
    check: 'CKV_AWS_116',
    of: 'AWS::Lambda::Function',
    why: 'Those that are invoked asynchronously have one. Behind the API nothing is kept, and what reads a queue or a stream parks records itself.',
  },
  {
    check: 'CKV_AWS_173',
    of: 'AWS::Lambda::Function',
    why: "Variables are names, encrypted with AWS's key; each start of an environment would depend on the stage's.",
  },
  {
    check: 'CKV_AWS_76',
    of: 'AWS::ApiGateway::Stage',
    why: 'Each function logs each of its requests, and the firewall what it refuses. API Gateway writes by a role that an account has one of, so it is no stage that sets it.',
  },
  {
    check: 'CKV_AWS_120',
    of: 'AWS::ApiGateway::Stage',
    why: 'Answers belong to who asks. What can be shared is cached behind the API.',
  },
  {
    check: 'CKV_AWS_33',
    of: 'AWS::KMS::Key.EncryptionKey',
    why: 'Roles that do not exist yet cannot be named. Conditions on account, service and name of the role say who it is.',
  },
];

const whatTakesNone =
  'Some actions take no resource: each has that beside it in the template, or what holds it to its stage.';

/** Where people are told: no alarm takes a flag back in the local stage, nor in a preview. */
export const acceptedWithAlarms: readonly AcceptedFinding[] = [
  { check: 'a right on everything', of: 'AWS::IAM::Role.ConfigFlagsAlarmRole', why: whatTakesNone },
];

/** Where the costly parts are switched on. */
export const acceptedWithOptions: readonly AcceptedFinding[] = [
  {
    check: 'a way out to anywhere',
    of: 'AWS::EC2::SecurityGroup.NetworkFunctionsGroup',
    why: 'DynamoDB has addresses of the internet, and HTTPS is all that goes out. Where it leads to is up to the route table.',
  },
  {
    check: 'a right on everything',
    of: 'AWS::IAM::Role.NetworkFlowLogsRole',
    why: whatTakesNone,
  },
  ...['an action with a star', 'a right on everything'].map((check) => ({
    check,
    of: 'AWS::EC2::VPCEndpoint',
    why: "It gives nobody a right, and holds those of the functions' own policies to this account.",
  })),
];

/** Of the local stage, which everybody has on a machine of their own. */
export const acceptedInLocal: readonly AcceptedFinding[] = [
  {
    check: 'a secret in the template',
    of: 'AWS::SecretsManager::Secret',
    why: 'So that tests and examples can sign, with what everybody knows; an account has others made (tests/template/secrets.test.ts).',
  },
];

/** Where the costly parts are switched off, which is what they cost for (docs/costs.md). */
export const acceptedWithoutOptions: readonly AcceptedFinding[] = [
  {
    check: 'CKV_AWS_27',
    of: 'AWS::SQS::Queue',
    why: "Encrypted with SQS's own key, which this check does not know of.",
  },
  ...['Critical', 'Warning', 'Info'].map((topic) => ({
    check: 'CKV_AWS_26',
    of: `AWS::SNS::Topic.Messaging${topic}Topic`,
    why: "EncryptionKey=aws: AWS's key for topics lets in no alarm and no rule, whose messages would be lost (docs/decisions/0021).",
  })),
  { check: 'CKV_AWS_117', of: 'AWS::Lambda::Function', why: 'Vpc=off.' },
  { check: 'CKV_AWS_119', of: 'AWS::DynamoDB::Table', why: "EncryptionKey=aws: encrypted with AWS's key." },
  { check: 'CKV_AWS_149', of: 'AWS::SecretsManager::Secret', why: "EncryptionKey=aws: encrypted with AWS's key." },
  { check: 'CKV_AWS_158', of: 'AWS::Logs::LogGroup', why: "EncryptionKey=aws: encrypted with AWS's key." },
];

/** Of infra/bootstrap.yaml, whose stars have their reasons beside them. */
export const acceptedInBootstrap: readonly AcceptedFinding[] = [
  {
    check: 'CKV_AWS_18',
    of: 'AWS::S3::Bucket.Artifacts',
    why: 'It holds packages that GitHub attests, and production compares each with its record. CloudTrail has who came.',
  },
  ...['AWS::IAM::Role.ServiceRole', 'AWS::IAM::ManagedPolicy.ServiceBoundary'].flatMap((of) =>
    ['CKV_AWS_109', 'CKV_AWS_111'].map((check) => ({
      check,
      of,
      why: 'CloudFormation makes what has ids in place of names. Tags and boundaries hold it to its stage.',
    })),
  ),
  ...['DeployRole', 'ReadRole', 'CodeDeployRole', 'ServiceRole'].map((role) => ({
    check: 'a right on everything',
    of: `AWS::IAM::Role.${role}`,
    why: whatTakesNone,
  })),
  {
    check: 'an action with a star',
    of: 'AWS::IAM::Role.ServiceRole',
    why: 'The actions that CloudFormation calls for a kind of resource change with its releases; the names do not.',
  },
  ...['an action with a star', 'a right on everything'].map((check) => ({
    check,
    of: 'AWS::IAM::ManagedPolicy',
    why: 'A boundary says what there is at most; whoever is within has a policy of its own.',
  })),
  {
    check: 'CKV_AWS_111',
    of: 'AWS::IAM::ManagedPolicy.Boundary',
    why: 'A boundary says what there is at most; each function has a policy of its own within.',
  },
];
