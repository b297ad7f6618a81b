import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { textOf, type JsonObject } from '../../tools/lib/json.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import type { Tree } from '../../tools/tree/tree.ts';
import { repository } from '../support/engine/a-folder.ts';
import { firstDeploy } from '../support/engine/stack-model.ts';
import { resourcesOf, translate } from '../support/engine/translate.ts';
import { actionsIn, bundleActions } from '../support/rights/bundle-actions.ts';
import { compareRights } from '../support/rights/compare-rights.ts';
import { configuredActions, grantsOf, managedPoliciesDue, managedPoliciesOf } from '../support/rights/role-rights.ts';

/** Every call that a bundle can make is one that some stage wants: here production, with what is a choice chosen. */
const choices = { DeployPipeline: 'deploy', Vpc: 'on', Redis: 'on' };

/** Statements on the shared table that cannot be held to the keys of their function's own items, and why. */
const withoutKeys: Readonly<Record<string, string>> = {
  // The clean-up removes what has expired, of any kind; a scan has no leading key.
  Scheduled: 'dynamodb:Scan, dynamodb:DeleteItem',
};

describe('the role of each function', () => {
  let tree: Tree;
  let roles: Readonly<Record<string, JsonObject>>;
  let policies: Readonly<Record<string, JsonObject>>;
  beforeAll(async () => {
    const stage = readStage(repository, 'production');
    tree = await readTree(repository, { ...stage, parameters: { ...stage.parameters, ...choices } });
    const [template = {}] = translate([firstDeploy(tree)]);
    roles = resourcesOf(template, 'AWS::IAM::Role');
    policies = { ...resourcesOf(template, 'AWS::IAM::Policy'), ...resourcesOf(template, 'AWS::IAM::ManagedPolicy') };
  }, 60_000);
  const grants = (logicalId: string) => grantsOf(roles[`${logicalId}Role`]);

  it('allows what its code calls and its configuration asks for, and no more', async () => {
    const differences = await Promise.all(
      tree.functions.map(async ({ logicalId, entry, block }) => {
        const called = [...(await bundleActions(entry)), ...configuredActions(block)];
        const granted = grants(logicalId).flatMap(({ actions }) => actions);
        return [logicalId, compareRights(called, granted)] as const;
      }),
    );

    const nothing = { missing: [], unused: [] };
    expect(Object.fromEntries(differences)).toEqual(
      Object.fromEntries(tree.functions.map(({ logicalId }) => [logicalId, nothing])),
    );
  });

  it('has the managed policies of its logs, its traces and its sources, and no other', () => {
    for (const { logicalId, block } of tree.functions)
      expect([logicalId, managedPoliciesOf(roles[`${logicalId}Role`])]).toEqual([logicalId, managedPoliciesDue(block)]);
  });

  it('has all of its rights in itself: no other policy of the stack widens it', () => {
    expect(Object.keys(policies)).toEqual([]);
  });

  it('names its actions one by one, and what they are allowed on', () => {
    const all = tree.functions.flatMap(({ logicalId }) => grants(logicalId));

    expect(all.length).toBeGreaterThan(tree.functions.length);
    for (const { actions, statement } of all) {
      expect(actions.join()).not.toContain('*');
      expect(statement['Resource']).not.toBe('*');
      expect(statement).not.toHaveProperty('NotAction');
      expect(statement).not.toHaveProperty('NotResource');
    }
  });

  it('is held to the keys of its own items, where the table is shared', () => {
    const free = tree.functions.flatMap(({ logicalId }) =>
      grants(logicalId)
        .filter(({ statement }) => textOf(statement['Resource'] ?? '').includes('TableArn'))
        .filter(({ statement }) => !JSON.stringify(statement['Condition'] ?? '').includes('dynamodb:LeadingKeys'))
        .map(({ actions }) => [logicalId, actions.join(', ')] as const),
    );

    const ids = new Set(tree.functions.map(({ logicalId }) => logicalId));
    expect(free).toEqual(Object.entries(withoutKeys).filter(([id]) => ids.has(id)));
  });

  it('is refused with an action less, or one more', async () => {
    const health = tree.functions.find(({ name }) => name === 'health');
    if (!health) throw new Error('There is no function health');
    const { logicalId, entry, block } = health;
    const called = [...(await bundleActions(entry)), ...configuredActions(block)];
    const granted = grants(logicalId).flatMap(({ actions }) => actions);

    for (const action of granted) {
      const others = granted.filter((it) => it !== action);
      expect(compareRights(called, others)).toEqual({ missing: [action], unused: [] });
    }
    expect(compareRights(called, [...granted, 'dynamodb:Scan'])).toEqual({ missing: [], unused: ['dynamodb:Scan'] });
    expect(compareRights(called, [...granted, 'dynamodb:*'])).toEqual({ missing: [], unused: ['dynamodb:*'] });
  });
});

describe('the calls of a bundle', () => {
  const lib = '"@aws-sdk/lib-dynamodb"';

  it('are those that are left of what is imported, under any name', () => {
    const bundle = [
      `import { GetCommand, PutCommand, ScanCommand as ScanCommand2 } from ${lib};`,
      'client.send(new GetCommand(key)); client.send(new ScanCommand2(all));',
    ].join('\n');

    expect(actionsIn(bundle)).toEqual(['dynamodb:GetItem', 'dynamodb:Scan']);
  });

  it('are, of a transaction, the writes that it holds', () => {
    const bundle = `import { TransactWriteCommand } from ${lib};\nnew TransactWriteCommand({ T: [{ Put: it }, { ConditionCheck: it }] });`;

    expect(actionsIn(bundle)).toEqual(['dynamodb:ConditionCheckItem', 'dynamodb:PutItem']);
  });

  it('are named as IAM names them', () => {
    const lines = ['SendEmail sesv2', 'Invoke lambda', 'PutSecretValue secrets-manager', 'Publish sns'].map((it) => {
      const [call = '', client = ''] = it.split(' ');
      return `import { ${call}Command } from "@aws-sdk/client-${client}";\nnew ${call}Command({});`;
    });

    expect(actionsIn(lines.join('\n'))).toEqual([
      'lambda:InvokeFunction',
      'secretsmanager:PutSecretValue',
      'ses:SendEmail',
      'sns:Publish',
    ]);
  });

  it('cannot hide behind a library that nobody has looked at', () => {
    const bundle =
      'import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";\nnew DynamoDBPersistenceLayer();';

    expect(() => actionsIn(bundle)).toThrow('does not know which actions DynamoDBPersistenceLayer');
  });

  it('reach no client in another way than through its commands', () => {
    // A client's own methods, such as `new DynamoDB().getItem()`, would be seen by nobody here.
    const entries = globSync('layers/dependencies/src/@aws-sdk/*.ts', { cwd: repository });
    const names = entries.flatMap(
      (path) => readFileSync(join(repository, path), 'utf8').match(/\w+(?=[,\s]*[},])/g) ?? [],
    );

    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !/(Client|Command|Exception|paginateQuery|unmarshall)$/.test(name))).toEqual([]);
  });
});
