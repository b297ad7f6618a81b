import { decodeCursor, encodeCursor } from '../../../../functions/users/page-cursor.ts';
import { aUser } from '../../../support/runtime/a-user.ts';

describe('page cursor', () => {
  it('gives back the position that it was made of', () => {
    const { createdAt, id } = aUser();

    expect(decodeCursor(encodeCursor({ createdAt, id }))).toEqual({ createdAt, id });
  });

  it('goes into a query string as it is', () => {
    const cursor = encodeCursor(aUser());

    expect(encodeURIComponent(cursor)).toBe(cursor);
  });

  it('holds no personal data', () => {
    const user = aUser();

    expect(Buffer.from(encodeCursor(user), 'base64url').toString()).not.toContain(user.email);
  });
});
