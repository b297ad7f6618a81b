// Needs the sample domain, and goes with it: aviary begin.
import { objectAt, type JsonObject } from '../../tools/lib/json.ts';
import { resolvedStages } from '../support/engine/stages.ts';

const stages = resolvedStages();
const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');

describe('the order events', () => {
  it.each(stages)('of $name are recoverable, encrypted and with a stream', ({ name, root }) => {
    const table = root['EventsTable'];

    expect(table).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    expect(propertiesOf(table)).toMatchObject({
      TableName: `aviary-events-${name}`,
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true },
    });
  });

  it.each(stages)('of $name are changed or deleted by no function', ({ root }) => {
    const statements = Object.values(root).flatMap((block) => {
      const [policy] = (propertiesOf(block)['Policies'] ?? []) as { Statement?: JsonObject[] }[];
      return policy?.Statement ?? [];
    });
    const onEvents = statements.filter((it) => JSON.stringify(it['Resource']).includes('EventsTable'));

    expect(onEvents.flatMap((it) => it['Action']).sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:Scan',
    ]);
  });
});
