import { objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { composePin } from '../../../../tools/pin/compose-pin.ts';
import { readExpiry } from '../../../../tools/pin/read-expiry.ts';
import { makePlan, type Plan, type PlanItem } from '../../../../tools/plan/plan.ts';
import { readRecord, type RecordedFunction, type StackRecord } from '../../../../tools/plan/record.ts';
import { select, selectOnly } from '../../../../tools/plan/select.ts';
import { chooseTargets } from '../../../../tools/rollback/choose-targets.ts';
import { composeRollback } from '../../../../tools/rollback/compose-rollback.ts';
import type { Tree } from '../../../../tools/tree/tree.ts';
import { aBlock, aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';
import { deployed } from '../../../support/engine/stack-model.ts';

const layers = ['SharedLayer'];
const queue = { Environment: { Variables: { QUEUE: { Ref: 'Queue' } } } };
const usersOf = (text: string) =>
  aFunction({ name: 'users', text, shared: { respond: text }, layers, properties: queue });
const treeOf = (text: string, more: Partial<Tree> = {}): Tree =>
  aTree({
    functions: [usersOf(text), aFunction({ name: 'health', text, layers })],
    layers: [aLayer({ modules: { respond: text } })],
    resources: [
      aBlock('Queue', { Type: 'AWS::SQS::Queue', Properties: { Key: { Ref: 'Key' } } }),
      aBlock('Key', { Type: 'AWS::KMS::Key' }),
      aBlock('Other'),
    ],
    ...more,
  });
const stack = deployed(treeOf('1'));
const pin = { reason: 'waits for the index', until: '2026-12-24' };
const before = new Date('2026-12-24T23:59:59Z');
const after = new Date('2026-12-25T00:00:00Z');

function functionIn({ functions }: StackRecord, logicalId: string): RecordedFunction {
  const found = functions.get(logicalId);
  if (!found) throw new Error(`There is no ${logicalId}`);
  return found;
}
const pinnedTemplate = composePin(stack.record, functionIn(stack.record, 'Users'), pin);
const pinned = readRecord(pinnedTemplate, 'aviary-local');
const planOf = (tree: Tree, now = before): Plan => makePlan(tree, pinned, { now });
const item = ({ items }: Plan, name: string): PlanItem | undefined => items.find((it) => it.name === name);
const selected = (tree: Tree, now = before): string[] => [...select(tree, pinned, planOf(tree, now))].sort();

describe('composePin', () => {
  it('writes the pin into the record of the function, and nothing else', () => {
    expect(functionIn(pinned, 'Users').pin).toEqual(pin);
    expect(composePin(pinned, functionIn(pinned, 'Users'), undefined)).toEqual(stack.template);
    const others = ({ Users: _, ...rest }: JsonObject): JsonObject => rest;
    expect(others(objectAt(pinnedTemplate, 'Resources'))).toEqual(others(objectAt(stack.template, 'Resources')));
    expect(objectAt(functionIn(pinned, 'Users').block, 'Properties')).toEqual(
      objectAt(functionIn(stack.record, 'Users').block, 'Properties'),
    );
  });

  it('puts another pin in the place of one', () => {
    const later = { reason: 'still waits', until: '2027-01-06' };

    const again = readRecord(composePin(pinned, functionIn(pinned, 'Users'), later), 'aviary-local');

    expect(functionIn(again, 'Users').pin).toEqual(later);
  });
});

describe('a plan with a pinned function', () => {
  it('holds it, and says until when and why', () => {
    expect(item(planOf(treeOf('2')), 'users')).toMatchObject({
      change: 'held',
      reasons: [{ kind: 'pinned', detail: 'until 2026-12-24: waits for the index' }],
    });
    expect(selected(treeOf('2'))).toEqual(['Health', 'SharedLayer']);
  });

  it('publishes no layer for its sake alone', () => {
    const tree = treeOf('2', { functions: [usersOf('2'), aFunction({ name: 'health', text: '1', layers })] });

    expect(selected(tree)).toEqual([]);
  });

  it('has it unchanged where nothing differs', () => {
    expect(item(planOf(treeOf('1')), 'users')?.change).toBe('unchanged');
  });

  it('moves it on the day after', () => {
    expect(item(planOf(treeOf('2'), after), 'users')?.change).toBe('changed');
    expect(selected(treeOf('2'), after)).toContain('Users');
  });

  it('holds it also where the tree has it no more, with what it refers to, and no more than that', () => {
    const tree = treeOf('1', { functions: [aFunction({ name: 'health', text: '1', layers })], resources: [] });
    const plan = planOf(tree);

    expect(item(plan, 'users')?.change).toBe('held');
    expect(item(plan, 'Queue')).toMatchObject({
      change: 'held',
      reasons: [{ kind: 'needed', detail: 'by users, which is held' }],
    });
    expect(item(plan, 'Key')?.change).toBe('held');
    expect(selected(tree)).toEqual(['Other']);
  });

  it('refuses to move it by name, with the next step', () => {
    const tree = treeOf('2');

    expect(() => selectOnly(['users'], tree, pinned, planOf(tree))).toThrow(
      'users is pinned until 2026-12-24: waits for the index. To deploy it: npm run aviary -- unpin users.',
    );
  });
});

describe('a rollback and a pin', () => {
  const second = deployed(treeOf('2'), stack);
  const pinnedSecond = readRecord(composePin(second.record, functionIn(second.record, 'Users'), pin), 'aviary-local');

  it('does not take a pinned function back by name, and leaves it out of all', () => {
    expect(() => chooseTargets(pinnedSecond, { names: ['users'], to: undefined }, before)).toThrow(
      'users is pinned until 2026-12-24: waits for the index',
    );
    expect(chooseTargets(pinnedSecond, { names: undefined, to: undefined }, before)).toHaveLength(1);
    expect(chooseTargets(pinnedSecond, { names: ['users'], to: undefined }, after)).toHaveLength(1);
  });

  it('does not bring back a pin that the earlier release had', () => {
    const template = composeRollback(second.record, [
      {
        running: functionIn(second.record, 'Users'),
        earlier: functionIn(pinned, 'Users'),
        version: '1',
        layers: undefined,
      },
    ]);

    expect(functionIn(readRecord(template, 'aviary-local'), 'Users').pin).toBeUndefined();
  });
});

describe('readExpiry', () => {
  const now = new Date('2026-11-21T18:00:00Z');

  it('is two weeks from now unless it is said', () => {
    expect(readExpiry(undefined, now)).toBe('2026-12-05');
    expect(readExpiry('2026-11-21', now)).toBe('2026-11-21');
    expect(readExpiry('2027-02-19', now)).toBe('2027-02-19');
  });

  it.each([
    ['tomorrow', '--until tomorrow is no date. Write it as 2026-12-05.'],
    ['2026-02-30', '--until 2026-02-30 is no date.'],
    ['24.12.2026', '--until 24.12.2026 is no date.'],
    ['2026-11-20', '--until 2026-11-20 is past.'],
    ['2027-02-20', '--until 2027-02-20 is more than 90 days away. Name 2027-02-19 at the latest'],
  ])('refuses %s', (text, said) => {
    expect(() => readExpiry(text, now)).toThrow(said);
  });
});
