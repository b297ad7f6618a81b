import * as errors from '@shared/errors/app-error';
import { publicError } from '@shared/errors/public-error';

const field = { field: 'email', message: 'is already in use' };

describe('publicError', () => {
  it.each([
    [new errors.ValidationError([field]), 400, 'VALIDATION_FAILED', {}],
    [new errors.UnauthorizedError('who'), 401, 'UNAUTHORIZED', { 'www-authenticate': 'Bearer' }],
    [new errors.ForbiddenError('admin only'), 403, 'FORBIDDEN', {}],
    [new errors.NotFoundError('none'), 404, 'NOT_FOUND', {}],
    [new errors.MethodNotAllowedError(['GET', 'PUT']), 405, 'METHOD_NOT_ALLOWED', { allow: 'GET, PUT' }],
    [new errors.ConflictError('taken', [field]), 409, 'CONFLICT', {}],
    [new errors.PayloadTooLargeError(10), 413, 'PAYLOAD_TOO_LARGE', {}],
    [new errors.UnsupportedMediaTypeError('xml'), 415, 'UNSUPPORTED_MEDIA_TYPE', {}],
    [new errors.TooManyRequestsError('slow down', 30), 429, 'TOO_MANY_REQUESTS', { 'retry-after': '30' }],
    [new errors.UnavailableError('throttled', 1), 503, 'UNAVAILABLE', { 'retry-after': '1' }],
  ])('answers %s with its status, code and headers', (error, status, code, headers) => {
    const shown = publicError(error);

    expect(shown).toMatchObject({ status, code, headers });
    expect(shown.details).toEqual(error.details);
    expect(shown.message).not.toContain(error.message);
  });

  it.each([new Error('password=hunter2'), new TypeError('x is undefined'), 'thrown text', null, undefined])(
    'tells nothing of %p',
    (error) => {
      const shown = publicError(error);

      expect(shown).toEqual({
        status: 500,
        code: 'INTERNAL_ERROR',
        message: 'Something went wrong.',
        details: [],
        headers: {},
      });
    },
  );

  it('answers a subclass as its base class', () => {
    class QuotaExceeded extends errors.TooManyRequestsError {}

    expect(publicError(new QuotaExceeded('quota', 60)).status).toBe(429);
  });
});
