import { ValidationError } from '@shared/errors/app-error';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';

const schema = z.strictObject({
  name: z.string().min(1),
  tags: z.array(z.strictObject({ key: z.string() })).optional(),
});

const detailsOf = (input: unknown): unknown => {
  try {
    parse(schema, input);
  } catch (error) {
    return error instanceof ValidationError ? error.details : error;
  }
  return undefined;
};

describe('parse', () => {
  it('gives what the schema makes of the input', () => {
    expect(parse(z.string().trim(), ' a ')).toBe('a');
  });

  it.each([null, undefined, [], 'text', 7])('refuses %p as a whole', (input) => {
    expect(detailsOf(input)).toEqual([{ field: '', message: expect.stringContaining('expected object') as string }]);
  });

  it('names every unknown field, nested ones by their path', () => {
    const details = detailsOf({ name: 'a', extra: 1, more: 2, tags: [{ key: 'k', value: 'v' }] });

    expect(details).toEqual(
      expect.arrayContaining([
        { field: 'extra', message: 'is not a known field' },
        { field: 'more', message: 'is not a known field' },
        { field: 'tags.0.value', message: 'is not a known field' },
      ]),
    );
  });

  it('refuses a __proto__ key like any unknown field', () => {
    const details = detailsOf(JSON.parse('{"name":"a","__proto__":{"admin":true}}'));

    expect(details).toEqual([{ field: '__proto__', message: 'is not a known field' }]);
  });

  it('repeats at most 20 fields, and 100 characters of a field name', () => {
    const input = Object.fromEntries(Array.from({ length: 50 }, (_, index) => ['x'.repeat(500 + index), 1]));

    const details = detailsOf({ name: 'a', ...input }) as { field: string }[];

    expect(details).toHaveLength(20);
    expect(details.every(({ field }) => field.length === 100)).toBe(true);
  });

  it('never repeats a value that it refuses', () => {
    const details = detailsOf({ name: { password: 'hunter2' } });

    expect(JSON.stringify(details)).not.toContain('hunter2');
  });
});
