import { userIdOf } from '@shared/auth/user-id';
import * as z from 'zod';

const issuer = 'https://idp.example.com/';

describe('userIdOf', () => {
  it('is the subject where that is a UUID, in lower case', () => {
    expect(userIdOf(issuer, '7C1E4A52-3C86-4A0B-9D5E-5F2F3B8F0A11')).toBe('7c1e4a52-3c86-4a0b-9d5e-5f2f3b8f0a11');
  });

  it('is a UUID of issuer and subject where it is none, the same each time', () => {
    const id = userIdOf(issuer, 'auth0|5f7c8ec7c33c6c004bbafe82');

    expect(z.uuid().safeParse(id).success).toBe(true);
    // What is stored under it must be found again after any change of the code.
    expect(id).toBe(userIdOf(issuer, 'auth0|5f7c8ec7c33c6c004bbafe82'));
    expect(userIdOf('urn:a', 'b')).toMatchInlineSnapshot(`"4854921d-ed98-8219-90a3-196b1641c88d"`);
  });

  it('differs for two issuers with one subject, and where they could be cut in two in another way', () => {
    const ids = [userIdOf('a', 'bc'), userIdOf('ab', 'c'), userIdOf('a', 'b'), userIdOf('b', 'b')];

    expect(new Set(ids).size).toBe(ids.length);
  });
});
