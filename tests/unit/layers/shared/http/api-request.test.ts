import { ValidationError } from '@shared/errors/app-error';
import { apiRequest, header } from '@shared/http/api-request';
import { apiEvent } from '../../../../support/runtime/api-event.ts';

describe('apiRequest', () => {
  it('gives path, parameters and query of the event', () => {
    const event = apiEvent({ resource: '/users/{id}', params: { id: '7' }, query: { limit: '5' } });

    const request = apiRequest(event, 'c-1');

    expect(request).toMatchObject({
      path: '/local/users/7',
      params: { id: '7' },
      query: { limit: '5' },
      correlationId: 'c-1',
    });
  });

  it('takes the nulls that the gateway sends for nothing', () => {
    const request = apiRequest(apiEvent(), 'c-1');

    expect(request).toMatchObject({ params: {}, query: {} });
  });

  it('drops the slash at the end of the path', () => {
    const event = apiEvent({ resource: '/users' });

    const request = apiRequest({ ...event, requestContext: { ...event.requestContext, path: '/local/users/' } }, 'c-1');

    expect(request.path).toBe('/local/users');
  });

  it('refuses a query parameter that is given twice', () => {
    const event = { ...apiEvent({ query: { limit: '2' } }), multiValueQueryStringParameters: { limit: ['1', '2'] } };

    expect(() => apiRequest(event, 'c-1')).toThrow(
      new ValidationError([{ field: 'limit', message: 'must be given once' }]),
    );
  });
});

describe('header', () => {
  it('finds a header whatever the case of its name', () => {
    expect(header({ headers: { 'X-Correlation-ID': 'abc' } }, 'x-correlation-id')).toBe('abc');
  });

  it('finds nothing in an event without headers', () => {
    expect(header({ headers: null }, 'x-correlation-id')).toBeUndefined();
  });
});
