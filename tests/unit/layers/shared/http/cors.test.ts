import { corsHeaders } from '@shared/http/cors';

describe('corsHeaders', () => {
  it('names the one origin, and what its pages may read, and says nothing of credentials', () => {
    expect(corsHeaders({ CORS_ORIGIN: 'https://app.example.com' })).toEqual({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-expose-headers': 'x-correlation-id, location, retry-after',
    });
  });

  it.each([{}, { CORS_ORIGIN: '' }])('says nothing without one: %p', (source) => {
    expect(corsHeaders(source)).toEqual({});
  });
});
