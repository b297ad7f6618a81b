import { ConflictError, NotFoundError } from '@shared/errors/app-error';
import type { User, UserChange, UserPage, UsersRepository } from '../../../functions/users/users-repository.ts';
import { aUser } from './a-user.ts';

const later = '2025-06-01T12:00:00.000Z';

const change = (user: User, parts: Partial<UserChange>): UserChange => ({
  email: user.email,
  name: user.name,
  updatedAt: later,
  ...parts,
});

async function pagesOf(users: UsersRepository, limit: number): Promise<UserPage[]> {
  const pages = [await users.list(limit)];
  for (let next = pages[0]?.next; next !== undefined; next = pages.at(-1)?.next) {
    pages.push(await users.list(limit, next));
  }
  return pages;
}

/** Declares what every users repository does; `makeRepository` gives one that is empty. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function usersRepositoryContract(makeRepository: () => UsersRepository | Promise<UsersRepository>): void {
  let users: UsersRepository;

  beforeEach(async () => {
    users = await makeRepository();
  });

  const stored = async (parts: Partial<User> = {}): Promise<User> => {
    const user = aUser(parts);
    await users.create(user);
    return user;
  };

  describe('create', () => {
    it('lets the user be found by id and by e-mail address at once', async () => {
      const user = await stored();

      await expect(users.find(user.id)).resolves.toEqual(user);
      await expect(users.findByEmail(user.email)).resolves.toEqual(user);
    });

    it('refuses an e-mail address that is taken, and stores nothing', async () => {
      const first = await stored();
      const second = aUser({ email: first.email });

      await expect(users.create(second)).rejects.toBeInstanceOf(ConflictError);

      await expect(users.find(second.id)).resolves.toBeUndefined();
      await expect(users.findByEmail(first.email)).resolves.toEqual(first);
    });

    it('refuses a second user with the id, and leaves the first as it is', async () => {
      const first = await stored();
      const second = aUser({ id: first.id });

      await expect(users.create(second)).rejects.toBeInstanceOf(ConflictError);

      await expect(users.find(first.id)).resolves.toEqual(first);
      await expect(users.findByEmail(second.email)).resolves.toBeUndefined();
    });

    it('lets one of twenty simultaneous creates with one e-mail address win', async () => {
      const email = 'contended@example.com';
      const candidates = Array.from({ length: 20 }, () => aUser({ email }));

      const outcomes = await Promise.allSettled(candidates.map((user) => users.create(user)));

      const winners = candidates.filter((_user, position) => outcomes[position]?.status === 'fulfilled');
      const losses = outcomes.filter((outcome) => outcome.status === 'rejected');
      expect(winners).toHaveLength(1);
      expect(losses.every(({ reason }) => reason instanceof ConflictError)).toBe(true);
      await expect(users.findByEmail(email)).resolves.toEqual(winners[0]);
      await expect(users.list(100)).resolves.toEqual({ items: winners });
    });
  });

  describe('find', () => {
    it('finds nothing under an id or an e-mail address that nobody has', async () => {
      await expect(users.find(aUser().id)).resolves.toBeUndefined();
      await expect(users.findByEmail('nobody@example.com')).resolves.toBeUndefined();
    });
  });

  describe('update', () => {
    it('replaces the name and keeps the e-mail address taken', async () => {
      const user = await stored();

      const changed = await users.update(user.id, change(user, { name: 'Renamed' }));

      expect(changed).toEqual({ ...user, name: 'Renamed', updatedAt: later });
      await expect(users.find(user.id)).resolves.toEqual(changed);
      await expect(users.create(aUser({ email: user.email }))).rejects.toBeInstanceOf(ConflictError);
    });

    it('moves the user to a new e-mail address and frees the old one', async () => {
      const user = await stored();

      const moved = await users.update(user.id, change(user, { email: 'moved@example.com' }));

      await expect(users.findByEmail('moved@example.com')).resolves.toEqual(moved);
      await expect(users.findByEmail(user.email)).resolves.toBeUndefined();
      await expect(users.create(aUser({ email: user.email }))).resolves.toBeUndefined();
    });

    it('refuses an e-mail address that is taken, and changes nothing', async () => {
      const [one, other] = [await stored(), await stored()];

      const attempt = users.update(one.id, change(one, { email: other.email, name: 'Renamed' }));

      await expect(attempt).rejects.toBeInstanceOf(ConflictError);
      await expect(users.find(one.id)).resolves.toEqual(one);
      await expect(users.findByEmail(other.email)).resolves.toEqual(other);
    });

    it('refuses an unknown id', async () => {
      const user = aUser();

      await expect(users.update(user.id, change(user, {}))).rejects.toBeInstanceOf(NotFoundError);

      await expect(users.findByEmail(user.email)).resolves.toBeUndefined();
    });

    it('keeps one e-mail address per user when several moves of it happen at once', async () => {
      const user = await stored();
      const wanted = ['a@example.com', 'b@example.com', 'c@example.com', 'd@example.com'];

      await Promise.allSettled(wanted.map((email) => users.update(user.id, change(user, { email }))));

      const final = await users.find(user.id);
      const held = await Promise.all([user.email, ...wanted].map((email) => users.findByEmail(email)));
      expect(held.filter((holder) => holder !== undefined)).toEqual([final]);
      const free = [user.email, ...wanted].filter((email) => email !== final?.email);
      for (const email of free) await expect(users.create(aUser({ email }))).resolves.toBeUndefined();
    });
  });

  describe('remove', () => {
    it('removes the user and frees the e-mail address', async () => {
      const user = await stored();

      await users.remove(user.id);

      await expect(users.find(user.id)).resolves.toBeUndefined();
      await expect(users.findByEmail(user.email)).resolves.toBeUndefined();
      await expect(users.create(aUser({ email: user.email }))).resolves.toBeUndefined();
    });

    it('refuses an unknown id', async () => {
      await expect(users.remove(aUser().id)).rejects.toBeInstanceOf(NotFoundError);
    });

    it('leaves no e-mail address taken when a move of it happens at the same time', async () => {
      const user = await stored();

      await Promise.allSettled([
        users.update(user.id, change(user, { email: 'moved-away@example.com' })),
        users.remove(user.id),
      ]);

      if ((await users.find(user.id)) !== undefined) await users.remove(user.id);
      await expect(users.create(aUser({ email: user.email }))).resolves.toBeUndefined();
      await expect(users.create(aUser({ email: 'moved-away@example.com' }))).resolves.toBeUndefined();
    });
  });

  describe('list', () => {
    it('is empty and has no next page without users', async () => {
      await expect(users.list(10)).resolves.toEqual({ items: [] });
    });

    it('gives every user once, oldest first, over pages of the size asked for', async () => {
      const all = [];
      for (let made = 0; made < 7; made += 1) all.push(await stored());

      const pages = await pagesOf(users, 3);

      expect(pages.map(({ items }) => items.length)).toEqual([3, 3, 1]);
      expect(pages.flatMap(({ items }) => items)).toEqual(all);
    });

    it('ends without an empty page when the last page is full', async () => {
      for (let made = 0; made < 4; made += 1) await stored();

      const pages = await pagesOf(users, 2);

      expect(pages.map(({ items }) => items.length)).toEqual([2, 2]);
    });

    it('orders users of the same millisecond by id and loses none at the edge of a page', async () => {
      const createdAt = '2025-02-02T02:02:02.222Z';
      const all = [];
      for (let made = 0; made < 4; made += 1) all.push(await stored({ createdAt, updatedAt: createdAt }));

      const listed = (await pagesOf(users, 1)).flatMap(({ items }) => items.map(({ id }) => id));

      expect(listed).toEqual(all.map(({ id }) => id).sort());
    });

    it('continues after a user that was removed meanwhile', async () => {
      const [first, second] = [await stored(), await stored()];
      const { next } = await users.list(1);

      await users.remove(first.id);

      await expect(users.list(1, next)).resolves.toEqual({ items: [second] });
    });
  });
}
