import { isObject, objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { makePlan } from '../../../../tools/plan/plan.ts';
import { readRecord, type RecordedFunction, type StackRecord } from '../../../../tools/plan/record.ts';
import { select } from '../../../../tools/plan/select.ts';
import { composeRollback, targetsOf } from '../../../../tools/rollback/compose-rollback.ts';
import { aFunction, aTree } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';
import { deployed } from '../../../support/engine/stack-model.ts';

const canary: JsonObject = { DeploymentPreference: { Type: 'Canary10Percent5Minutes', Alarms: ['a'] } };
const treeOf = (text: string) =>
  aTree({
    functions: [aFunction({ name: 'users', text, properties: canary }), aFunction({ name: 'health' })],
  });
const first = deployed(treeOf('good'));
const second = deployed(treeOf('bad'), first);

function usersOf({ functions }: StackRecord): RecordedFunction {
  const users = functions.get('Users');
  if (!users) throw new Error('There is no Users');
  return users;
}

const running = usersOf(second.record);
const earlier = usersOf(first.record);
const layers = ['arn:aws:lambda:eu-west-1:000000000000:layer:shared:1'];
const template = composeRollback(second.record, [{ running, earlier, version: '1', layers }]);
const after = readRecord(template, 'aviary-local');

describe('composeRollback', () => {
  it('has the package and the release that ran before', () => {
    expect(usersOf(after)).toMatchObject({ release: earlier.release, code: earlier.code });
    expect(objectAt(usersOf(after).block, 'Properties')['CodeUri']).toBe(
      objectAt(earlier.block, 'Properties')['CodeUri'],
    );
  });

  it('moves the traffic at once, without a canary and its alarms', () => {
    expect(objectAt(usersOf(after).block, 'Properties')['DeploymentPreference']).toEqual({ Enabled: false });
  });

  it('has the layer versions that the version ran with', () => {
    expect(objectAt(usersOf(after).block, 'Properties')['Layers']).toEqual(layers);
  });

  it('keeps the layers of the block, or their absence, where no version says any', () => {
    const withLayers = { ...earlier, block: { ...earlier.block, Properties: { Layers: ['arn'] } } };
    const layersOf = (it: RecordedFunction): JsonObject => {
      const back = composeRollback(second.record, [{ running, earlier: it, version: undefined, layers: undefined }]);
      return objectAt(objectAt(objectAt(back, 'Resources'), 'Users'), 'Properties');
    };

    expect(layersOf(withLayers)['Layers']).toEqual(['arn']);
    expect(layersOf(earlier)).not.toHaveProperty('Layers');
  });

  it('leaves everything else as it is deployed', () => {
    const { Users: _, ...others } = objectAt(template, 'Resources');
    const { Users: _users, ...before } = objectAt(second.template, 'Resources');

    expect(others).toEqual(before);
    expect({ ...template, Resources: {} }).toEqual({ ...second.template, Resources: {} });
  });

  it('gives no preference to a function that has none, as the local cloud knows none', () => {
    const without = (it: RecordedFunction): RecordedFunction => {
      const { DeploymentPreference: _, ...Properties } = objectAt(it.block, 'Properties');
      return { ...it, block: { ...it.block, Properties } };
    };
    const bare = composeRollback(second.record, [
      { running, earlier: without(earlier), version: undefined, layers: undefined },
    ]);
    const users = objectAt(bare, 'Resources')['Users'];

    expect(isObject(users) && 'DeploymentPreference' in objectAt(users, 'Properties')).toBe(false);
  });
});

describe('what is found for a rollback', () => {
  const wishes = [{ running, release: earlier.release }];
  const then = new Map([['Users', earlier]]);
  const layered = { ...earlier, block: { ...earlier.block, Properties: { Layers: [{ Ref: 'SharedLayer' }] } } };

  it('is the release with its version, and with the layers of that', () => {
    const versions = new Map([['Users', { version: '1', layers }]]);

    expect(targetsOf(wishes, then, versions)).toEqual([{ running, earlier, version: '1', layers }]);
  });

  it('may be without a version where no layers are to be known', () => {
    expect(targetsOf(wishes, then, new Map())).toEqual([{ running, earlier, version: undefined, layers: undefined }]);
  });

  it('is nothing of a function whose release was not found', () => {
    expect(targetsOf(wishes, new Map(), new Map())).toEqual([]);
  });

  it('is refused without a version of a release that ran with layers', () => {
    const failure = failureOf(() => targetsOf(wishes, new Map([['Users', layered]]), new Map()));

    expect(failure.message).toMatch(
      /^Lambda has no version of users [0-9a-f]{12} any more, so nothing says which layers/,
    );
    expect(failure.next).toBe(`Deploy the commit that it was made of: ${earlier.commit}.`);
  });
});

describe('a plan after a rollback', () => {
  it('holds the function while the tree asks for the release that was taken back', () => {
    const plan = makePlan(treeOf('bad'), after);

    expect(plan.items.find(({ name }) => name === 'users')).toMatchObject({
      change: 'held',
      reasons: [{ kind: 'rolled-back', detail: 'from this release' }],
    });
    expect(select(treeOf('bad'), after, plan).size).toBe(0);
  });

  it('brings it back where it is named', () => {
    const named = makePlan(treeOf('bad'), after, { only: ['users'] });

    expect([...select(treeOf('bad'), after, named)]).toEqual(['Users']);
  });

  it('does not bring it back where another is named', () => {
    const named = makePlan(treeOf('bad'), after, { only: ['health'] });

    expect(select(treeOf('bad'), after, named).size).toBe(0);
  });

  it('lets go when the code is another one', () => {
    expect(makePlan(treeOf('mended'), after).items.find(({ name }) => name === 'users')?.change).toBe('changed');
  });
});

describe('the record of what ran before', () => {
  it('is nothing for a first deploy, and then the release that was there', () => {
    expect(earlier.previous).toBeUndefined();
    expect(running.previous).toBe(earlier.release);
  });

  it('stays what it is for a function that is deployed again as it is', () => {
    const again = deployed(treeOf('bad'), second, { only: ['users'], rebuild: true });

    expect(usersOf(again.record).previous).toBe(earlier.release);
  });
});
