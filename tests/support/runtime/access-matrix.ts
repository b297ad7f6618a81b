import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scopes } from '../../../tools/token/scopes.ts';
import { repository } from '../engine/a-folder.ts';
import type { Api, RequestParts } from '../http.ts';
import { inSeconds, localToken } from '../token.ts';
import { aLine } from './an-order.ts';

/** Somebody's ids: a user with a profile, and an order of that user. */
interface Owned {
  readonly userId: string;
  readonly orderId: string;
}

interface Row {
  readonly path: (owned: Owned) => string;
  readonly parts?: (owned: Owned) => RequestParts;
  /** Whether the order is paid before. */
  readonly paid?: boolean;
  /** The status for each of {@link callers}, in their order. */
  readonly statuses: readonly number[];
}

/** Who asks, as the columns of the matrix. */
export const callers = ['nobody', 'expired', 'another scope', 'somebody else', 'the owner', 'an admin'] as const;

const anybody = [200, 200, 200, 200, 200, 200];
const email = (): string => `${crypto.randomUUID()}@example.com`;
const lines = () => [aLine()];
const user = ({ userId }: Owned): string => `/users/${userId}`;
const order =
  (rest = '') =>
  ({ orderId }: Owned): string =>
    `/orders/${orderId}${rest}`;
const ping = (): RequestParts => {
  const file = join(repository, 'functions/github-webhook/events/ping.json');
  return JSON.parse(readFileSync(file, 'utf8')) as { headers: Record<string, string>; body: string };
};

/** Every route of the API, what is asked there, and how each caller is answered. */
export const matrix: Readonly<Record<string, Row>> = {
  'GET /health': { path: () => '/health', statuses: anybody },
  'POST /webhooks/github': {
    path: () => '/webhooks/github',
    // GitHub's signature lets it in, and no token.
    parts: () => {
      const { headers = {}, body } = ping();
      return { headers: Object.fromEntries(Object.entries(headers).filter(([name]) => /^x-/i.test(name))), body };
    },
    statuses: anybody,
  },
  'GET /users': { path: () => '/users', statuses: [401, 401, 403, 403, 403, 200] },
  'POST /users': {
    path: () => '/users',
    parts: () => ({ body: { email: email(), name: 'Ada' } }),
    // Everybody makes a profile of their own; the owner has one.
    statuses: [401, 401, 403, 201, 409, 201],
  },
  'GET /users/{id}': { path: user, statuses: [401, 401, 403, 404, 200, 200] },
  'PUT /users/{id}': {
    path: user,
    parts: () => ({ body: { email: email(), name: 'Ada' } }),
    statuses: [401, 401, 403, 404, 200, 200],
  },
  'DELETE /users/{id}': { path: user, statuses: [401, 401, 403, 404, 204, 204] },
  'GET /orders': { path: ({ userId }) => `/orders?userId=${userId}`, statuses: [401, 401, 403, 403, 200, 200] },
  'POST /orders': {
    path: () => '/orders',
    parts: ({ userId }) => ({ body: { userId, lines: lines() } }),
    statuses: [401, 401, 403, 403, 201, 201],
  },
  'GET /orders/{id}': { path: order(), statuses: [401, 401, 403, 404, 200, 200] },
  'PUT /orders/{id}/lines': {
    path: order('/lines'),
    parts: () => ({ body: { lines: lines() } }),
    statuses: [401, 401, 403, 404, 200, 200],
  },
  'POST /orders/{id}/pay': { path: order('/pay'), statuses: [401, 401, 403, 404, 200, 200] },
  'POST /orders/{id}/ship': { path: order('/ship'), paid: true, statuses: [401, 401, 403, 404, 200, 200] },
  'POST /orders/{id}/cancel': { path: order('/cancel'), statuses: [401, 401, 403, 404, 200, 200] },
  // What everybody ordered together belongs to nobody.
  'GET /analytics/orders': {
    path: () => '/analytics/orders?from=2025-06-01T12:00:00Z&to=2025-06-01T12:05:00Z',
    statuses: [401, 401, 403, 200, 200, 200],
  },
};

const ofUsers = scopes.filter((scope) => scope !== 'admin');

/** @param scope that the route needs; undefined for a public one */
async function tokenOf(caller: (typeof callers)[number], userId: string, scope?: string): Promise<string | null> {
  switch (caller) {
    case 'nobody':
      return null;
    case 'expired':
      return localToken({ subject: userId, expiresAt: inSeconds(-60) });
    case 'another scope':
      return localToken({ subject: userId, scopes: scopes.filter((it) => it !== scope) });
    case 'somebody else':
      return localToken({ scopes: ofUsers });
    case 'the owner':
      return localToken({ subject: userId, scopes: ofUsers });
    case 'an admin':
      return localToken();
  }
}

async function makeOwned(api: Api, paid: boolean): Promise<Owned> {
  const userId = crypto.randomUUID();
  const token = await localToken({ subject: userId, scopes: ofUsers });
  await api('POST', '/users', { token, body: { email: email(), name: 'Ada' } });
  const made = await api<{ id: string }>('POST', '/orders', { token, body: { lines: lines() } });
  const orderId = made.body.data.id;
  if (paid) await api('POST', `/orders/${orderId}/pay`, { token });
  return { userId, orderId };
}

/** Asks a route as each caller in turn, each time about what nobody has asked for before. @returns the statuses */
export async function askAsEach(api: Api, route: string, scope?: string): Promise<number[]> {
  const [method = ''] = route.split(' ');
  const row = matrix[route];
  if (row === undefined) throw new Error(`The matrix has no row for ${route}`);
  const statuses: number[] = [];
  for (const caller of callers) {
    const owned = await makeOwned(api, row.paid ?? false);
    const token = await tokenOf(caller, owned.userId, scope);
    statuses.push((await api(method, row.path(owned), { ...row.parts?.(owned), token })).status);
  }
  return statuses;
}
