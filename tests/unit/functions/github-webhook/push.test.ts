import { ConflictError, UnavailableError } from '@shared/errors/app-error';
import { affectedFunctions } from '../../../../functions/github-webhook/affected-functions.ts';
import { memoryDeliveries } from '../../../support/runtime/memory-deliveries.ts';
import { aWebhook, testSecret } from '../../../support/runtime/a-webhook.ts';
import { envelopeOf } from '../../../support/runtime/api-event.ts';
import {
  aCommit,
  aPush,
  commitId,
  delivery,
  noCommit,
  publishedPush,
} from '../../../support/runtime/github-payloads.ts';

const pushed = (payload: unknown, headers?: Record<string, string>) => delivery('push', payload, testSecret, headers);
const ids = { 'X-GitHub-Delivery': '72d3162e-cc78-11e3-81ab-4c9367dc0958' };
// Whole ones, 2048 of them, would be longer than the body that is read.
const slimCommits = Array.from({ length: 2_048 }, (_, at) => ({
  id: commitId(at + 2),
  added: [],
  removed: [],
  modified: [],
}));
const touching = (...paths: string[]) => aPush([aCommit(2, { modified: paths })]);

describe('a push', () => {
  it('starts a deployment and says which functions are affected', async () => {
    const { send, starts, reports } = aWebhook();

    const result = await send(pushed(touching('functions/users/schema.ts', 'docs/a.md'), ids));

    expect(result.statusCode).toBe(202);
    const affected = { functions: ['users'] };
    expect(envelopeOf(result).data).toEqual({ event: 'push', commit: commitId(2), started: true, affected });
    expect(starts).toEqual([{ ref: 'refs/heads/main', deliveryId: ids['X-GitHub-Delivery'] }]);
    expect(reports).toEqual([{ deliveryId: ids['X-GitHub-Delivery'], commit: commitId(2), affected, started: true }]);
  });

  it('starts nothing for documents and tests alone', async () => {
    const { send, starts, reports } = aWebhook();

    const result = await send(pushed(touching('docs/a.md', 'tests/unit/a.test.ts')));

    expect(result.statusCode).toBe(200);
    expect(starts).toEqual([]);
    expect(reports).toMatchObject([{ started: false, affected: { functions: [] } }]);
  });

  it.each([
    ['to another branch', aPush(undefined, { ref: 'refs/heads/topic' })],
    ['of a tag of the branch’s name', aPush(undefined, { ref: 'refs/tags/main' })],
    ['to another repository', aPush(undefined, { repository: { full_name: 'example/other' } })],
    ['as GitHub’s documentation shows it', publishedPush],
  ])('%s is taken and starts nothing', async (_what, payload) => {
    const { send, starts } = aWebhook();

    const result = await send(pushed(payload));

    expect(result.statusCode).toBe(200);
    expect(envelopeOf(result).data).toMatchObject({ started: false });
    expect(starts).toEqual([]);
  });

  it.each([
    ['a force push', aPush(undefined, { forced: true })],
    ['a first push', aPush(undefined, { created: true, before: noCommit })],
    ['a deleted branch', aPush([], { deleted: true, after: noCommit })],
    ['a truncated list', aPush(undefined, { after: commitId(2_049), commits: slimCommits })],
    ['a path that belongs to no function', touching('functions/new/handler.ts')],
  ])('leaves %s to the plan, and starts it', async (_what, payload) => {
    const { send, starts } = aWebhook();

    const result = await send(pushed(payload));

    expect(envelopeOf(result).data).toMatchObject({
      started: true,
      affected: { askThePlan: expect.any(String) as string },
    });
    expect(starts).toHaveLength(1);
  });

  it('asks GitHub for the paths where the payload does not have them all', async () => {
    const asked: string[] = [];
    const { send, starts } = aWebhook({
      compare: (before, after) => {
        asked.push(before, after);
        return Promise.resolve(new Set(['functions/health/handler.ts']));
      },
    });

    const result = await send(pushed(aPush([], { after: commitId(7) })));

    expect(envelopeOf(result).data).toMatchObject({ affected: { functions: ['health'] } });
    expect(asked).toEqual([commitId(1), commitId(7)]);
    expect(starts).toHaveLength(1);
  });

  it('asks the plan when GitHub cannot be asked, and keeps the problem to the log', async () => {
    const { send, starts, problems } = aWebhook({ compare: () => Promise.reject(new UnavailableError('down', 1)) });

    const result = await send(pushed(aPush([])));

    expect(result.statusCode).toBe(202);
    expect(starts).toHaveLength(1);
    expect(problems).toHaveLength(1);
  });

  it('that cannot start is released, and starts when it is delivered again', async () => {
    let up = false;
    const { send } = aWebhook({
      starter: { start: () => (up ? Promise.resolve() : Promise.reject(new UnavailableError('busy', 30))) },
    });
    const event = pushed(aPush(), ids);

    const first = await send(event);
    up = true;
    const second = await send(event);

    expect(first).toMatchObject({ statusCode: 503, headers: { 'retry-after': '30' } });
    expect(second.statusCode).toBe(202);
  });

  it('answers 409 for a branch that is gone by then', async () => {
    const { send } = aWebhook({ starter: { start: () => Promise.reject(new ConflictError('gone')) } });

    await expect(send(pushed(aPush([], { deleted: true, after: noCommit })))).resolves.toMatchObject({
      statusCode: 409,
    });
  });

  it('is no failure when it has started and cannot be remembered', async () => {
    const deliveries = { ...memoryDeliveries(() => 0), keep: () => Promise.reject(new UnavailableError('busy', 1)) };
    const { send, problems } = aWebhook({ deliveries });

    await expect(send(pushed(aPush()))).resolves.toMatchObject({ statusCode: 202 });

    expect(problems).toHaveLength(1);
  });

  it('keeps the first failure when it cannot be released either', async () => {
    const deliveries = { ...memoryDeliveries(() => 0), release: () => Promise.reject(new Error('no table')) };
    const starter = { start: () => Promise.reject(new UnavailableError('busy', 1)) };
    const { send, problems } = aWebhook({ deliveries, starter });

    await expect(send(pushed(aPush()))).resolves.toMatchObject({ statusCode: 503 });

    expect(problems).toHaveLength(1);
  });

  it.each([
    ['null', 'null', ''],
    ['an array', '[]', ''],
    ['broken JSON', '{', ''],
    ['an empty object', '{}', 'ref'],
    ['a commit id that is a path', aPush(undefined, { before: '../../x' }), 'before'],
    ['commits that are none', aPush(undefined, { commits: [null] }), 'commits.0'],
  ])('answers 400 for %s, although it is signed', async (_what, payload, field) => {
    const { send, starts } = aWebhook();

    const result = await send(pushed(payload));

    expect(result.statusCode).toBe(400);
    expect(envelopeOf(result).error?.details?.map((detail) => detail.field)).toContain(field);
    expect(starts).toEqual([]);
  });
});

describe('a replay', () => {
  it('of a delivery is refused, and starts nothing', async () => {
    const { send, starts } = aWebhook();
    const event = pushed(aPush(), ids);
    await send(event);

    const again = await send(event);

    expect(again.statusCode).toBe(409);
    expect(starts).toHaveLength(1);
  });

  it('of a body under another delivery id, which is not signed, is refused', async () => {
    const { send, starts } = aWebhook();
    await send(pushed(aPush()));

    const again = await send(pushed(aPush()));

    expect(again.statusCode).toBe(409);
    expect(starts).toHaveLength(1);
  });

  it('ten times at once starts one deployment', async () => {
    const { send, starts } = aWebhook();
    const event = pushed(aPush(), ids);

    const results = await Promise.all(Array.from({ length: 10 }, () => send(event)));

    expect(results.filter(({ statusCode }) => statusCode === 202)).toHaveLength(1);
    expect(starts).toHaveLength(1);
  });

  it('is not what two pushes are', async () => {
    const affected = affectedFunctions({ users: ['functions/users/**'] });
    const { send, starts } = aWebhook({ affected });
    await send(pushed(aPush([aCommit(2, { modified: ['functions/users/a.ts'] })])));

    await send(pushed(aPush([aCommit(3, { modified: ['functions/users/a.ts'] })])));

    expect(starts).toHaveLength(2);
  });
});
