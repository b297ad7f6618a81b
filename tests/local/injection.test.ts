import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderMail } from '../../functions/notifications/render-mail.ts';
import { pushEvent } from '../../functions/github-webhook/schema.ts';
import type { User } from '../../functions/users/users-repository.ts';
import { functionNames, useStage } from '../support/aviary-stage.ts';
import { inFull } from '../support/depth.ts';
import { apiAt, type Answer, type Api } from '../support/http.ts';
import { logMessages } from '../support/http-logs.ts';
import { forged } from '../support/injection/corpus.ts';
import {
  attacksOn,
  routesOfDocument,
  type Attack,
  type DocumentedRoute,
  type ValidRequest,
} from '../support/injection/inputs.ts';
import { disagreements, openApiDocument } from '../support/openapi.ts';
import { anOrderEvent } from '../support/runtime/an-order-event.ts';
import { aPush, signature } from '../support/runtime/github-payloads.ts';

/** An address that nobody else has taken. */
const email = (): string => `${randomUUID()}@example.com`;

describe('hostile input', () => {
  const stage = useStage();
  let api: Api;
  let trap: Server;
  const trapped: string[] = [];
  const answers: { readonly attack: Attack; readonly answer: Answer<unknown> }[] = [];

  /** What a route takes: of users and orders that are there, so that a hostile input is all that is wrong. */
  function validFor(method: string, path: string, ids: Readonly<Record<string, string>>): ValidRequest {
    const [, tag = ''] = path.split('/');
    const example = openApiDocument.paths[path]?.[method.toLowerCase()]?.requestBody?.content?.['application/json'];
    const base = { method, path, params: {}, query: {}, headers: {} };
    if (tag === 'webhooks') return { ...base, body: pushEvent.parse(aPush()) };
    if (tag === 'analytics') return { ...base, query: { from: '2025-06-01T00:00:00Z', to: '2025-06-01T12:00:00Z' } };
    if (path === '/orders' && method === 'GET') return { ...base, query: { userId: ids['users'] ?? '' } };
    const id = method === 'DELETE' ? randomUUID() : (ids[tag] ?? '');
    const body: unknown = example?.example;
    if (body === undefined) return { ...base, params: { id } };
    return {
      ...base,
      params: { id },
      body: { ...(body as object), ...(path === '/orders' ? { userId: ids['users'] } : {}) },
    };
  }

  /**
   * What would refuse the rest of a request before the hostile part of it is reached is as it should be: an address that
   * is free, and GitHub's signature.
   */
  function reaching({ title, parts, ...rest }: Attack): Attack {
    if (parts.body === undefined) return { title, parts, ...rest };
    const text = typeof parts.body === 'string' ? parts.body : JSON.stringify(parts.body);
    const body = text.replaceAll('ada@example.com', email);
    if (rest.path !== '/webhooks/github') return { title, ...rest, parts: { ...parts, body } };
    const own = {
      'x-github-event': 'push',
      'x-github-delivery': randomUUID(),
      'x-hub-signature-256': signature(body, 'local-webhook-secret'),
    };
    return { title, ...rest, parts: { body, headers: { ...own, ...parts.headers } } };
  }

  /** A user and an order of their own: routes side by side on the same ones would be refused as contention. */
  async function anUserWithAnOrder(): Promise<Readonly<Record<string, string>>> {
    const user = await api<User>('POST', '/users', { body: { email: email(), name: 'Ada' } });
    const userId = user.body.data.id;
    const lines = [{ sku: 'PERCH-01', quantity: 1, unitPrice: { amount: 1, currency: 'EUR' } }];
    const order = await api<{ id: string }>('POST', '/orders', { body: { userId, lines } });
    return { users: userId, orders: order.body.data.id };
  }

  async function attack({ method, path, parameters }: DocumentedRoute, of: number, address: string): Promise<void> {
    const valid = validFor(method, path, await anUserWithAnOrder());
    // By day every other one, so that each is tried on half of the routes.
    const attacks = attacksOn(valid, parameters, address).filter((_one, at) => inFull || (at + of) % 2 === 0);
    for (const one of attacks.map(reaching))
      answers.push({ attack: one, answer: await api(one.method, one.path, one.parts) });
  }

  beforeAll(async () => {
    api = apiAt(await stage().apiUrl());
    trap = createServer((request, response) => {
      trapped.push(request.url ?? '');
      response.end();
    });
    await new Promise<void>((resolve) => trap.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(trap.address() as AddressInfo).port}/`;

    await Promise.all(routesOfDocument().map((route, at) => attack(route, at, address)));
    // More than a thousand requests, beside other tests on a small machine.
  }, 240_000);
  afterAll(() => {
    trap.close();
  });

  it('reaches every route, and not only what refuses it first', () => {
    const statuses = (route: string): Set<number> =>
      new Set(answers.filter(({ attack }) => attack.title.startsWith(`${route},`)).map(({ answer }) => answer.status));

    expect(answers.length).toBeGreaterThan(500);
    for (const { method, path } of routesOfDocument()) expect(statuses(`${method} ${path}`).size).toBeGreaterThan(0);
    // What is hostile and allowed gets through: a name may be a script.
    expect(statuses('POST /users')).toContain(201);
    expect(statuses('POST /webhooks/github')).toContain(202);
  });

  it('is never answered with a fault of the server', () => {
    expect(
      answers.filter(({ answer }) => answer.status >= 500).map(({ attack, answer }) => [attack.title, answer.text]),
    ).toEqual([]);
  });

  it('is answered as docs/openapi.yaml says', () => {
    const against = answers.flatMap(({ attack, answer }) =>
      disagreements(attack.method, attack.path, answer).map((it) => `${attack.title}: ${it}`),
    );

    expect(against).toEqual([]);
  });

  it('puts no header into an answer, and makes of no answer a page', () => {
    for (const { attack, answer } of answers) {
      const { headers } = answer;
      const type = headers.get('content-type') ?? 'application/json';
      expect([attack.title, headers.has('set-cookie'), type.split(';')[0]]).toEqual([
        attack.title,
        false,
        'application/json',
      ]);
      expect([...headers.values()].join()).not.toContain(forged);
    }
  });

  it('writes no line of its own into a log', async () => {
    const groups = functionNames.map((name) => logMessages(stage().cloud.endpoint, `/aws/lambda/aviary-${name}-local`));
    const messages = (await Promise.all(groups)).flat();
    // What Lambda writes of an invocation, and Node.js of itself.
    const others = /^(START|END|REPORT|INIT_START|\(node:\d+\)|\(Use `node ) ?/;
    const own = messages.filter((it) => !others.test(it) && it.trim() !== '');
    const lines = own.map((it) => JSON.parse(it) as { readonly message?: unknown; readonly level?: unknown });

    expect(lines.length).toBeGreaterThan(answers.length / 2);
    expect(lines.filter((it) => it.message === forged)).toEqual([]);
  });

  it('makes no function call another address', () => {
    expect(trapped).toEqual([]);
  });

  it('changes the prototype of nothing', async () => {
    // Bodies had a prototype with all fields of a user: one that stuck would make this a whole user.
    const { status, body } = await api('POST', '/users', { body: {} });

    expect(status).toBe(400);
    expect(body.error?.details?.map(({ field }) => field).sort()).toEqual(['email', 'name']);
  });

  it('is escaped in a mail, wherever it was stored', () => {
    const created = answers.filter(
      ({ attack, answer }) => attack.method === 'POST' && attack.path === '/users' && answer.status === 201,
    );
    const names = created.map(({ answer }) => (answer as Answer<User>).body.data.name);
    const tagsOf = (name: string): readonly string[] => renderMail(anOrderEvent(), name).html.match(/<[^>]*>?/g) ?? [];

    expect(names).toEqual(expect.arrayContaining(['<script>alert(1)</script>']));
    for (const name of names) expect([name, tagsOf(name)]).toEqual([name, tagsOf('Ada')]);
  });
});
