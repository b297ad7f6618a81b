import { correlationId } from '@shared/observability/correlation-id';

describe('correlationId', () => {
  it.each(['a', 'A-1_b.2', 'x'.repeat(128)])('takes the token %p', (token) => {
    expect(correlationId(token, 'fallback')).toBe(token);
  });

  it.each([undefined, null, 7, '', ' ', 'a b', 'a\n', 'a\r\nset-cookie: x', 'é', 'x'.repeat(129), ['a']])(
    'falls back from %p',
    (candidate) => {
      expect(correlationId(candidate, 'fallback')).toBe('fallback');
    },
  );
});
