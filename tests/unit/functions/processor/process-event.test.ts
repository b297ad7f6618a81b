import { ValidationError } from '@shared/errors/app-error';
import { processEvent } from '../../../../functions/processor/process-event.ts';

const needs = { now: () => new Date('2025-06-01T12:00:00Z'), newId: () => 'made-id' };
const timestamp = '2025-06-01T12:00:00.000Z';
const activity = { userId: 'user-1', action: 'login', timestamp: '2025-05-31T10:00:00+02:00' };

const failureOf = (event: unknown): unknown => {
  try {
    processEvent(event, needs);
    return undefined;
  } catch (error) {
    return error;
  }
};
const fieldsOf = (event: unknown): string[] | undefined => {
  const failure = failureOf(event);
  return failure instanceof ValidationError ? failure.details.map(({ field }) => field) : undefined;
};

describe('processEvent', () => {
  it.each([
    ['create', 'created'],
    ['update', 'updated'],
    ['delete', 'deleted'],
  ])('answers %s with %s', (action, status) => {
    const result = processEvent({ action, data: { id: 'e-1', name: ' Ada ' }, source: 'test' }, needs);

    expect(result).toEqual({ id: 'e-1', name: 'Ada', status, timestamp });
  });

  it('makes an id for a create without one, and leaves out a name that is not given', () => {
    const result = processEvent({ action: 'create', data: {} }, needs);

    expect(result).toEqual({ id: 'made-id', status: 'created', timestamp });
  });

  it('answers an activity with the user that it updates', () => {
    expect(processEvent(activity, needs)).toEqual({ id: 'user-1', status: 'updated', timestamp });
  });

  it('leaves the other fields of the data to their sender', () => {
    const result = processEvent({ action: 'create', data: { id: 'e-1', plan: { tier: 3 } } }, needs);

    expect(result).toEqual({ id: 'e-1', status: 'created', timestamp });
  });

  it.each([
    ['null', null, ['']],
    ['undefined', undefined, ['']],
    ['an array', [], ['']],
    ['text', 'create', ['']],
    ['an empty object', {}, ['action']],
    ['an action that does not exist', { action: 'drop', data: {} }, ['action']],
    ['an action of the prototype', { action: 'constructor', data: {} }, ['action']],
    ['no data', { action: 'create' }, ['data']],
    ['data that is null', { action: 'create', data: null }, ['data']],
    ['an update without an id', { action: 'update', data: { name: 'x' } }, ['data.id']],
    ['a delete without an id', { action: 'delete', data: {} }, ['data.id']],
    ['an empty id', { action: 'update', data: { id: '' } }, ['data.id']],
    ['an id with a key separator', { action: 'update', data: { id: 'a#b' } }, ['data.id']],
    ['an empty name', { action: 'create', data: { name: ' ' } }, ['data.name']],
    ['an unknown field', { action: 'create', data: {}, extra: 1 }, ['extra']],
    ['an activity without action and time', { userId: 'u' }, ['action', 'timestamp']],
    ['an activity with an empty user', { ...activity, userId: '' }, ['userId']],
    ['an activity with data', { ...activity, data: {} }, ['data']],
    ['a time without a zone', { ...activity, timestamp: '2025-06-01T12:00:00' }, ['timestamp']],
    ['a time that does not exist', { ...activity, timestamp: '2025-13-01T12:00:00Z' }, ['timestamp']],
  ])('refuses %s and names the fields', (_what, event, fields) => {
    expect(fieldsOf(event)).toEqual(fields);
  });

  it('lists every field in the message that a synchronous caller gets', () => {
    const event = { action: 'update', data: { name: 7 }, extra: 1 };

    const failure = failureOf(event);

    expect(failure).toHaveProperty('name', 'ValidationError');
    expect(failure).toHaveProperty('message', expect.stringMatching(/data\.id: .+data\.name: .+extra: /));
  });
});
