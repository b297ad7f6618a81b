/** What a token can allow. `admin` sees and acts for everybody, and implies no other scope. */
export const scopes = [
  'users:read',
  'users:write',
  'orders:read',
  'orders:write',
  'orders:ship',
  'analytics:read',
  'admin',
] as const;

export type Scope = (typeof scopes)[number];

/** Who may ask a route: anybody, or whoever has a token with the scope. */
export type Access = 'public' | Scope;

/** Says whether a word is a scope of the product. */
export const isScope = (word: string): word is Scope => scopes.some((scope) => scope === word);
