import { ValidationError } from '@shared/errors/app-error';
import { pageTokens } from '@shared/pagination/page-token';
import fc from 'fast-check';
import * as z from 'zod';
import { someKeys } from '../../../../support/runtime/some-keys.ts';

const position = z.object({ createdAt: z.string(), id: z.string() });
const { encode, decode } = pageTokens(someKeys('the-key-of-the-tests'));
const at = { createdAt: '2025-06-01T12:00:00.000Z', id: 'x' };
const tokenOf = (...kids: string[]): string => pageTokens(someKeys(...kids)).encode('list', at);

describe('page tokens', () => {
  it('give back the position that they were made of, and go into a query string as they are', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (list, createdAt, id) => {
        const token = encode(list, { createdAt, id });

        expect(encodeURIComponent(token)).toBe(token);
        expect(decode(list, token, position)).toEqual({ createdAt, id });
      }),
    );
  });

  it('are refused when any character of them is another one', () => {
    const token = encode('list', at);
    const changed = Array.from(token).map(
      (char, place) => `${token.slice(0, place)}${char === 'A' ? 'B' : 'A'}${token.slice(place + 1)}`,
    );
    // The last character of base64url has bits that no byte needs.
    const meant = changed.slice(0, -1);

    for (const each of meant) expect(() => decode('list', each, position)).toThrow(ValidationError);
  });

  it('are good through one rotation of their key, and not through the next', () => {
    const token = tokenOf('first');

    expect(pageTokens(someKeys('second', 'first')).decode('list', token, position)).toEqual(at);
    expect(() => pageTokens(someKeys('third', 'second')).decode('list', token, position)).toThrow(ValidationError);
  });

  it.each([
    ['one of another list', encode('other', at)],
    ['one of a list whose name has been cut elsewhere', encode('lis', `t${JSON.stringify(at)}`)],
    ['one of another key', tokenOf('another-key')],
    [
      'one that gives a key that is there a signature of another',
      tokenOf('another-key').replace(/^[^.]+/, 'the-key-of-the-tests'),
    ],
    ['one without its key', encode('list', at).replace(/^[^.]+\./, '')],
    ['one without its signature', encode('list', at).split('.').slice(0, 2).join('.')],
    ['one with an empty signature', encode('list', at).replace(/[^.]+$/, '')],
    ['one with something behind it', `${encode('list', at)}.x`],
    ['one of another shape', encode('list', { page: 7 })],
    ['nothing', ''],
  ])('are refused: %s', (_what, token) => {
    expect(() => decode('list', token, position)).toThrow(/^cursor: is not a page token of this list$/);
  });
});
