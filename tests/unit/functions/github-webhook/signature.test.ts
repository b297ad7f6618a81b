import fc from 'fast-check';
import { UnavailableError } from '@shared/errors/app-error';
import { payloadLimitBytes } from '../../../../functions/github-webhook/receive-delivery.ts';
import { isSigned } from '../../../../functions/github-webhook/verify-signature.ts';
import { aWebhook, testSecret } from '../../../support/runtime/a-webhook.ts';
import { envelopeOf } from '../../../support/runtime/api-event.ts';
import { aPush, delivery, publishedPing, signature } from '../../../support/runtime/github-payloads.ts';

const body = JSON.stringify(aPush());
const good = signature(body, testSecret);
const splice = (text: string, at: number, cut: number, put: string): string =>
  text.slice(0, at) + put + text.slice(at + cut);
const edited = (text: string) =>
  fc
    .tuple(fc.nat(text.length), fc.nat(3), fc.string({ maxLength: 3, unit: 'binary' }))
    .map(([at, cut, put]) => splice(text, at, cut, put));
const mutation = fc
  .oneof(
    fc.record({ sent: edited(body), header: fc.constant(good) }),
    fc.record({ sent: fc.constant(body), header: edited(good) }),
    fc.record({ sent: edited(body), header: edited(good) }),
    fc.record({
      sent: fc.constant(body),
      header: fc.oneof(
        fc.string(),
        fc.constantFrom(
          '',
          'sha256=',
          good.toUpperCase(),
          good.slice(7),
          `sha1=${good.slice(7)}`,
          `${good}0`,
          ` ${good}`,
        ),
        fc
          .string({ minLength: 64, maxLength: 64, unit: fc.nat(15).map((digit) => digit.toString(16)) })
          .map((hex) => `sha256=${hex}`),
        fc.string({ minLength: 1 }).map((secret) => signature(body, secret)),
      ),
    }),
    fc.record({ sent: fc.string(), header: fc.constant(good) }),
  )
  // Half a surrogate pair does not survive UTF-8: what is sent is what counts.
  .filter(({ sent, header }) => Buffer.from(sent).toString() !== body || header !== good);

describe('the signature', () => {
  it('is that of GitHub’s own example', () => {
    // https://docs.github.com/webhooks/using-webhooks/validating-webhook-deliveries
    const example = 'sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';

    expect(isSigned(Buffer.from('Hello, World!'), example, "It's a Secret to Everybody")).toBe(true);
  });

  it('lets none of 10,000 changed bodies and signatures in, and none of them crashes it', async () => {
    const { send, starts, lines } = aWebhook();

    await fc.assert(
      fc.asyncProperty(mutation, fc.boolean(), async ({ sent, header }, base64) => {
        const result = await send(delivery('push', sent, testSecret, { 'X-Hub-Signature-256': header }, base64));
        lines.length = 0;
        return result.statusCode === 401 && result.body.includes('"code":"UNAUTHORIZED"');
      }),
      { numRuns: 10_000 },
    );

    expect(starts).toEqual([]);
  });

  it.each([
    ['a missing signature', { 'X-Hub-Signature-256': '' }],
    ['a signature of another secret', { 'X-Hub-Signature-256': signature(body, 'another-secret') }],
    ['the old SHA-1 signature alone', { 'X-Hub-Signature-256': '', 'X-Hub-Signature': 'sha1=0' }],
  ])('that is %s gets the same answer as any other, which does not say why', async (_what, headers) => {
    const { send } = aWebhook();

    const result = await send(delivery('push', body, testSecret, headers));

    expect(result.statusCode).toBe(401);
    expect(envelopeOf(result)).toEqual({
      success: false,
      error: { code: 'UNAUTHORIZED' },
      message: 'Authentication is required.',
    });
  });

  it('is over the bytes: a base64 body with letters beyond ASCII is taken', async () => {
    const { send } = aWebhook();

    const result = await send(delivery('ping', { ...publishedPing, zen: 'Zoë 🐤' }, testSecret, {}, true));

    expect(result.statusCode).toBe(200);
  });

  it('is asked of an unsigned body without one', async () => {
    const { send } = aWebhook();
    const event = delivery('ping', '', testSecret, { 'X-Hub-Signature-256': 'sha256=0' });

    await expect(send({ ...event, body: null })).resolves.toMatchObject({ statusCode: 401 });
  });

  it('never shows the secret, in answers, lines or errors', async () => {
    const { send, lines } = aWebhook();

    const results = await Promise.all([
      send(delivery('push', body, 'another-secret')),
      send(delivery('push', '{', testSecret)),
      send(delivery('push', body, testSecret)),
    ]);

    expect(JSON.stringify([results, lines])).not.toMatch(/the-webhook-secret|token-of-the-tests/);
  });
});

describe('a delivery', () => {
  it('of 1 MB is read, and of one byte more refused, before anything is asked', async () => {
    const empty = JSON.stringify({ ...publishedPing, zen: '' });
    const filled = (bytes: number) => empty.replace('"zen":""', `"zen":"${'z'.repeat(bytes - empty.length)}"`);
    const { send } = aWebhook();
    const deaf = aWebhook({ secret: () => Promise.reject(new Error('asked')) });

    const fits = await send(delivery('ping', filled(payloadLimitBytes), testSecret));
    const large = await deaf.send(delivery('ping', filled(payloadLimitBytes + 1), testSecret));

    expect([fits.statusCode, large.statusCode]).toEqual([200, 413]);
  });

  it('of a ping as GitHub’s documentation shows it is answered', async () => {
    const { send, starts } = aWebhook();

    const result = await send(delivery('ping', publishedPing, testSecret));

    expect(result.statusCode).toBe(200);
    expect(envelopeOf(result).data).toEqual({ event: 'ping' });
    expect(starts).toEqual([]);
  });

  it.each(['issues', 'star', 'workflow_run', 'constructor'])(
    'of %s, which is not for us, is accepted',
    async (event) => {
      const { send } = aWebhook();

      const result = await send(delivery(event, {}, testSecret));

      expect(result.statusCode).toBe(202);
      expect(envelopeOf(result).data).toMatchObject({ event, started: false });
    },
  );

  it.each([
    ['without an event', { 'X-GitHub-Event': '' }, 'x-github-event'],
    ['without an id', { 'X-GitHub-Delivery': '' }, 'x-github-delivery'],
    ['with an id that is a key', { 'X-GitHub-Delivery': 'USER#1' }, 'x-github-delivery'],
  ])('%s is refused', async (_what, headers, field) => {
    const { send } = aWebhook();

    const result = await send(delivery('push', body, testSecret, headers));

    expect(result.statusCode).toBe(400);
    expect(envelopeOf(result).error?.details?.map((detail) => detail.field)).toEqual([field]);
  });

  it('as a form is refused', async () => {
    const { send } = aWebhook();
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };

    await expect(send(delivery('push', body, testSecret, headers))).resolves.toMatchObject({ statusCode: 415 });
  });

  it('is unavailable while its secret is', async () => {
    const { send } = aWebhook({ secret: () => Promise.reject(new UnavailableError('busy', 5)) });

    await expect(send(delivery('push', body, testSecret))).resolves.toMatchObject({ statusCode: 503 });
  });
});
