import { randomBytes } from 'node:crypto';
import { redact } from '@shared/observability/redact';

const secret = `sentinel-${randomBytes(9).toString('hex')}`;
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const jwt = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ sub: secret })}.${randomBytes(32).toString('base64url')}`;

/** What the logger of a function writes, line by line. */
async function logged(
  write: (logger: typeof import('@shared/observability/logger').logger) => void,
): Promise<string[]> {
  const before = process.env;
  process.env = {
    ...before,
    STAGE: 'test',
    POWERTOOLS_SERVICE_NAME: 'any',
    POWERTOOLS_METRICS_NAMESPACE: 'aviary',
    POWERTOOLS_LOG_LEVEL: 'DEBUG',
    POWERTOOLS_DEV: 'true',
  };
  const lines: string[] = [];
  for (const method of ['debug', 'info', 'warn', 'error'] as const)
    jest
      .spyOn(console, method)
      .mockImplementation((...texts: unknown[]) => void lines.push(texts.map(String).join(' ')));
  try {
    jest.resetModules();
    write((await import('@shared/observability/logger')).logger);
    return lines;
  } finally {
    process.env = before;
    jest.restoreAllMocks();
  }
}

describe('the log', () => {
  it.each([
    'authorization',
    'Authorization',
    'Cookie',
    'set-cookie',
    'x-api-key',
    'apiKey',
    'API_KEY',
    'password',
    'dbPassword',
    'githubToken',
    'webhookSecret',
    'x-hub-signature-256',
    'clientSecret',
    'private_key',
    'awsCredentials',
    'key',
    'keys',
  ])('never has the value of %s, wherever in an object it is', async (name) => {
    const [line] = await logged((logger) => {
      logger.appendKeys({ [name]: secret });
      logger.info('Nested', { deep: [{ deeper: { [name]: { inside: [secret] } } }], list: { [name]: [secret] } });
    });

    expect(line).toContain('"message": "Nested"');
    expect(line).toContain('[redacted]');
    expect(line).not.toContain(secret);
  });

  const hex = randomBytes(32).toString('hex');
  it.each([
    ['a JWT', jwt, jwt],
    ['a bearer token', `Bearer ${secret}`, secret],
    ['a header', `authorization: Basic ${base64(secret)}`, base64(secret)],
    ['a cookie', `Cookie: session=${secret}; theme=dark`, secret],
    ['a GitHub token', `ghp_${'a1B2'.repeat(9)}`, 'a1B2a1B2'],
    ['a fine-grained GitHub token', `github_pat_${'a1B2'.repeat(9)}`, 'a1B2a1B2'],
    ['a key id of AWS', 'AKIAIOSFODNN7EXAMPLE', 'AKIAIOSFODNN7EXAMPLE'],
    ['the signature of a webhook', `sha256=${hex}`, hex],
    ['a signed URL', `https://example.com/a?X-Amz-Signature=${secret}&b=1`, secret],
    ['the password of a URL', `rediss://user:${secret}@redis.example.com:6379`, secret],
    ['JSON', JSON.stringify({ user: 'ada', password: secret }), secret],
    ['JSON in JSON', JSON.stringify({ body: JSON.stringify({ githubToken: `${secret}"${secret}` }) }), secret],
  ])('never has %s, in its message, its keys or its errors', async (_what, text, hidden) => {
    const lines = await logged((logger) => {
      logger.info(`It was ${text}, they say`);
      logger.appendKeys({ note: text });
      logger.warn('In a key');
      const cause = new Error(`caused by ${text}`);
      logger.error('In an error', { error: Object.assign(new Error(text, { cause }), { response: { body: text } }) });
    });

    expect(lines).toHaveLength(3);
    expect(lines.join('')).not.toContain(hidden);
    expect(lines.map((line) => line.includes('[redacted]'))).toEqual([true, true, true]);
  });

  it('keeps what it is read for', async () => {
    const facts = { correlation_id: 'a-b_c.d', route: 'GET /orders', tokenExpired: true, fields: ['lines.0.sku'] };

    const [line = ''] = await logged((logger) => {
      logger.warn('The secret aviary-jwt-test cannot be fetched: token is refused', facts);
    });

    expect(JSON.parse(line)).toMatchObject({
      message: 'The secret aviary-jwt-test cannot be fetched: token is refused',
      ...facts,
    });
  });

  it.each([
    'ey'.repeat(50_000),
    'ey-'.repeat(50_000),
    'token'.repeat(20_000),
    ' '.repeat(100_000),
    '://'.repeat(50_000),
  ])('is written at once, whatever a caller made a text of (%#)', (text) => {
    expect(redact('message', text)).toBe(text);
  });
});
