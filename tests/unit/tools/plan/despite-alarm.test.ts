import { objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { despiteAlarm, readOverride } from '../../../../tools/plan/despite-alarm.ts';

const template: JsonObject = {
  Resources: {
    Users: {
      Metadata: { Aviary: { name: 'users', release: 'r' } },
      Properties: {
        DeploymentPreference: { Type: 'AllAtOnce', Alarms: ['users-errors', { Ref: 'UsersVersionErrors' }] },
      },
    },
    Health: { Properties: { DeploymentPreference: { Alarms: ['health-errors'] } } },
    UsersVersionErrors: { Properties: { AlarmName: 'users-version-errors' } },
  },
};
const users = (of: JsonObject): JsonObject => objectAt(objectAt(of, 'Resources'), 'Users');
const gate = (of: JsonObject) => objectAt(objectAt(users(of), 'Properties'), 'DeploymentPreference')['Alarms'];

describe('despiteAlarm', () => {
  it.each([
    ['users-errors', [{ Ref: 'UsersVersionErrors' }]],
    ['users-version-errors', ['users-errors']],
  ])('leaves %s out of the gate, records it, and changes nothing else', (alarm, left) => {
    const override = { alarm, reason: 'this mends it' };

    const after = despiteAlarm(template, ['Users', 'Health'], override);

    expect(gate(after)).toEqual(left);
    const own = objectAt(objectAt(users(after), 'Metadata'), 'Aviary');
    expect(own).toEqual({ name: 'users', release: 'r', despite: override });
    expect(readOverride(own['despite'])).toEqual(override);
    const { Users: _before, ...others } = objectAt(template, 'Resources');
    expect(objectAt(after, 'Resources')).toEqual({ ...others, Users: users(after) });
  });

  it('keeps all else of the deployment preference and of the properties', () => {
    const properties = { MemorySize: 256, DeploymentPreference: { Type: 'AllAtOnce', Alarms: ['a', 'b'] } };
    const before = { Resources: { Users: { Properties: properties } } };

    const after = despiteAlarm(before, ['Users'], { alarm: 'a', reason: 'x' });

    expect(objectAt(users(after), 'Properties')).toEqual({
      MemorySize: 256,
      DeploymentPreference: { Type: 'AllAtOnce', Alarms: ['b'] },
    });
  });

  it('tells alarms of which the template says no name from others', () => {
    const alarms = [{ Ref: 'Elsewhere' }, { 'Fn::Sub': 'x' }, 'a'];
    const before = { Resources: { Users: { Properties: { DeploymentPreference: { Alarms: alarms } } } } };

    expect(gate(despiteAlarm(before, ['Users'], { alarm: 'a', reason: 'x' }))).toEqual(alarms.slice(0, 2));
  });

  it.each([null, {}, { alarm: 'a' }, { reason: 'x' }])('reads no override out of %j', (value) => {
    expect(readOverride(value)).toBeUndefined();
  });

  it.each([
    ['user-errors', ['Users'], 'Did you mean users-errors? There are users-errors, users-version-errors.'],
    // Its function stays as it is.
    ['health-errors', ['Users'], 'The alarm health-errors gates no function that moves in this deploy.'],
    ['users-errors', [], 'Leave out --despite-alarm'],
  ])('refuses %s where %j moves', (alarm, moving, message) => {
    expect(() => despiteAlarm(template, moving, { alarm, reason: 'x' })).toThrow(message);
  });
});
