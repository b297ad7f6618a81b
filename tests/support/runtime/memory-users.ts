import { emailTaken, noSuchUser, profileExists } from '../../../functions/users/user-errors.ts';
import type { Position, User, UsersRepository } from '../../../functions/users/users-repository.ts';

const order = (a: Position, b: Position): number => {
  const [left, right] = [`${a.createdAt}#${a.id}`, `${b.createdAt}#${b.id}`];
  return left < right ? -1 : Number(left > right);
};

/** Users kept in memory; each operation happens at once, as a transaction would. */
export function memoryUsers(existing: readonly User[] = []): UsersRepository {
  const users = new Map(existing.map((user) => [user.id, user]));
  const holder = (email: string): User | undefined => [...users.values()].find((user) => user.email === email);
  const known = (id: string): User => {
    const user = users.get(id);
    if (user === undefined) throw noSuchUser();
    return user;
  };

  return {
    create: async (user) => {
      await Promise.resolve();
      if (users.has(user.id)) throw profileExists();
      if (holder(user.email) !== undefined) throw emailTaken();
      users.set(user.id, user);
    },
    find: (id) => Promise.resolve(users.get(id)),
    findByEmail: (email) => Promise.resolve(holder(email)),
    list: (limit, after) => {
      const all = [...users.values()].sort(order).filter((user) => after === undefined || order(user, after) > 0);
      const items = all.slice(0, limit);
      const last = items.at(-1);
      if (all.length <= limit || last === undefined) return Promise.resolve({ items });
      return Promise.resolve({ items, next: { createdAt: last.createdAt, id: last.id } });
    },
    update: async (id, change) => {
      await Promise.resolve();
      const user = known(id);
      if ((holder(change.email)?.id ?? id) !== id) throw emailTaken();
      const changed = { ...user, ...change };
      users.set(id, changed);
      return changed;
    },
    remove: async (id) => {
      await Promise.resolve();
      users.delete(known(id).id);
    },
  };
}
