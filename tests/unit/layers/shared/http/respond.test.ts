import { ConflictError, NotFoundError } from '@shared/errors/app-error';
import { publicError } from '@shared/errors/public-error';
import { respond, respondFailure } from '@shared/http/respond';

const bodyOf = (result: { body: string }): unknown => JSON.parse(result.body);

describe('respond', () => {
  it('puts the data into the envelope', () => {
    const result = respond({ status: 201, data: { id: '7' }, headers: { location: '/users/7' } }, 'c-1');

    expect(result).toMatchObject({
      statusCode: 201,
      headers: { location: '/users/7', 'content-type': 'application/json', 'x-correlation-id': 'c-1' },
    });
    expect(bodyOf(result)).toEqual({ success: true, data: { id: '7' } });
  });

  it('sends neither body nor content type with 204', () => {
    const result = respond({ status: 204, data: 'ignored' }, 'c-1');

    expect(result.body).toBe('');
    expect(result.headers).not.toHaveProperty('content-type');
    expect(result.headers).toHaveProperty('x-correlation-id', 'c-1');
  });

  it('keeps answers out of caches and of content sniffing', () => {
    const result = respond({ status: 200, headers: { 'cache-control': 'public' } }, 'c-1');

    expect(result.headers).toMatchObject({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' });
  });

  it('loads, runs and frames nothing where somebody opens the answer as a page', () => {
    const result = respond({ status: 200, headers: { 'content-security-policy': 'default-src *' } }, 'c-1');

    expect(result.headers).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'referrer-policy': 'no-referrer',
      'strict-transport-security': 'max-age=31536000; includeSubDomains',
    });
    expect(result.headers).not.toHaveProperty('access-control-allow-origin');
  });

  it('is no success when the answer carries an error', () => {
    const result = respond(
      { status: 503, data: { checks: [] }, error: { code: 'UNHEALTHY', message: 'Down.' } },
      'c-1',
    );

    expect(bodyOf(result)).toEqual({
      success: false,
      data: { checks: [] },
      error: { code: 'UNHEALTHY' },
      message: 'Down.',
    });
  });
});

describe('respondFailure', () => {
  it('names the fields at fault', () => {
    const details = [{ field: 'email', message: 'is already in use' }];

    const result = respondFailure(publicError(new ConflictError('taken', details)), 'c-1');

    expect(result).toMatchObject({ statusCode: 409, headers: { 'x-correlation-id': 'c-1' } });
    expect(bodyOf(result)).toMatchObject({ success: false, error: { code: 'CONFLICT', details } });
  });

  it('leaves the details out where there are none', () => {
    const result = respondFailure(publicError(new NotFoundError('none')), 'c-1');

    expect(bodyOf(result)).toEqual({ success: false, error: { code: 'NOT_FOUND' }, message: 'Not found.' });
  });
});
