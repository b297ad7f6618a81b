// Needs the sample domain, and goes with it: aviary begin.
import { randomUUID } from 'node:crypto';
import { apiAt } from '../support/http.ts';

interface User {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

// Set by `aviary smoke --write`, which is what runs this project.
const api = apiAt(process.env['API_URL'] ?? 'http://127.0.0.1:1');

describe('a deployed stage', () => {
  const email = `smoke-${randomUUID()}@example.com`;
  let made: User | undefined;

  afterAll(async () => {
    if (made) await api('DELETE', `/users/${made.id}`);
  });

  it('makes a user, finds it by id and by e-mail address, changes it, and deletes it', async () => {
    const created = await api<User>('POST', '/users', { body: { email, name: 'Smoke' } });
    made = created.body.data;
    const found = await api<User>('GET', `/users/${made.id}`);
    const listed = await api<{ items: User[] }>('GET', `/users?email=${encodeURIComponent(email)}`);
    const changed = await api<User>('PUT', `/users/${made.id}`, { body: { email, name: 'Smoke two' } });
    const deleted = await api('DELETE', `/users/${made.id}`);
    const gone = await api('GET', `/users/${made.id}`);

    expect(created.status).toBe(201);
    expect(found.body.data).toEqual(made);
    expect(listed.body.data.items).toEqual([made]);
    expect(changed.body.data).toMatchObject({ id: made.id, name: 'Smoke two' });
    expect([deleted.status, gone.status]).toEqual([204, 404]);
  });

  it('says what is wrong with bad input, with a correlation id', async () => {
    const { status, headers, body } = await api('POST', '/users', { body: { email: 'none' } });

    expect(status).toBe(400);
    expect(body.error?.details?.map(({ field }) => field)).toEqual(['email', 'name']);
    expect(headers.get('x-correlation-id')).toBeTruthy();
  });

  it('refuses a delivery that GitHub did not sign', async () => {
    const { status } = await api('POST', '/webhooks/github', { body: {}, headers: { 'x-github-event': 'push' } });

    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
  });
});
