import { PayloadTooLargeError, UnsupportedMediaTypeError, ValidationError } from '@shared/errors/app-error';
import { bodyLimitBytes, readBody } from '@shared/http/read-body';

const text = (body: string | null): { body: string | null; isBase64Encoded: boolean } => ({
  body,
  isBase64Encoded: false,
});
const base64 = (bytes: Buffer): { body: string; isBase64Encoded: boolean } => ({
  body: bytes.toString('base64'),
  isBase64Encoded: true,
});

describe('readBody', () => {
  it.each([
    ['an object', '{"a":[1]}', { a: [1] }],
    ['null', 'null', null],
    ['an array', '[1,2]', [1, 2]],
    ['a number', '7', 7],
  ])('reads %s', (_what, body, expected) => {
    expect(readBody(text(body), 'application/json')).toEqual(expected);
  });

  it('reads a base64-encoded body', () => {
    expect(readBody(base64(Buffer.from('{"name":"Zoë"}')), 'application/json')).toEqual({ name: 'Zoë' });
  });

  it.each([
    ['no body', text(null)],
    ['an empty body', text('')],
    ['broken JSON', text('{"a":')],
    ['bytes that are not UTF-8', base64(Buffer.from([0x22, 0xff, 0xfe, 0x22]))],
    ['a cut-off UTF-8 sequence', base64(Buffer.from([0x22, 0xc3, 0x22]))],
  ])('refuses %s', (_what, raw) => {
    expect(() => readBody(raw, 'application/json')).toThrow(ValidationError);
  });

  it('keeps a __proto__ key an ordinary property that changes no prototype', () => {
    const read = readBody(text('{"__proto__":{"admin":true}}'), 'application/json');

    expect(Object.getPrototypeOf(read)).toBe(Object.prototype);
    expect((read as { admin?: boolean }).admin).toBeUndefined();
  });

  it('survives a body nested a hundred thousand deep', () => {
    expect(readBody(text(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), undefined)).toBeInstanceOf(Array);
  });

  it.each([
    ['text', (length: number) => text(`"${'a'.repeat(length - 2)}"`)],
    ['base64', (length: number) => base64(Buffer.from(`"${'a'.repeat(length - 2)}"`))],
  ])('takes a %s body of the limit and refuses one byte more', (_what, make) => {
    expect(readBody(make(bodyLimitBytes), undefined)).toHaveLength(bodyLimitBytes - 2);
    expect(() => readBody(make(bodyLimitBytes + 1), undefined)).toThrow(PayloadTooLargeError);
  });

  it('counts bytes and not characters', () => {
    expect(() => readBody(text(`"${'ë'.repeat(bodyLimitBytes / 2)}"`), undefined)).toThrow(PayloadTooLargeError);
  });

  it.each([undefined, 'application/json', 'Application/JSON; charset=UTF-8', 'application/merge-patch+json'])(
    'takes the content type %p',
    (type) => {
      expect(readBody(text('1'), type)).toBe(1);
    },
  );

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/jsonp', 'application/json; charset=utf-16'])(
    'refuses the content type %p',
    (type) => {
      expect(() => readBody(text('1'), type)).toThrow(UnsupportedMediaTypeError);
    },
  );
});
