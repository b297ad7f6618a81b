import { generateKeyPairSync, randomUUID, sign, type KeyObject } from 'node:crypto';
import { encoded } from './crafted-token.ts';
import { startServer } from './http-server.ts';

type Algorithm = 'RS256' | 'ES256';

interface Pair {
  readonly kid: string;
  readonly publicKey: KeyObject;
  readonly privateKey: KeyObject;
}

/** An identity provider with real keys, which it publishes over HTTP. */
export interface IdentityProvider {
  readonly issuer: string;
  readonly audience: string;
  readonly jwksUrl: string;
  /** Its keys of now, of each algorithm. */
  readonly keys: Readonly<Record<Algorithm, Pair>>;
  /** Signs what it is given, after the claims of a token that is good. */
  readonly token: (algorithm: Algorithm, claims?: Readonly<Record<string, unknown>>) => string;
  /** Has new keys from now on, and publishes the former ones no more. */
  readonly rotate: () => void;
  /** Whether it answers when it is asked for its keys. */
  answers: boolean;
  readonly close: () => Promise<void>;
}

const makeKeys = (): Record<Algorithm, Pair> => ({
  RS256: { kid: `rsa-${randomUUID()}`, ...generateKeyPairSync('rsa', { modulusLength: 2_048 }) },
  ES256: { kid: `ec-${randomUUID()}`, ...generateKeyPairSync('ec', { namedCurve: 'P-256' }) },
});

/** Starts one on a free port. */
export async function startIdentityProvider(): Promise<IdentityProvider> {
  let keys = makeKeys();
  const server = await startServer(() => {
    const published = Object.entries(keys).map(([alg, { kid, publicKey }]) => ({
      ...publicKey.export({ format: 'jwk' }),
      kid,
      alg,
      use: 'sig',
    }));
    return provider.answers ? { status: 200, body: { keys: published } } : { status: 503 };
  });
  const provider: IdentityProvider = {
    issuer: `${server.base}/`,
    audience: 'https://api.example.com',
    jwksUrl: `${server.base}/jwks.json`,
    answers: true,
    get keys() {
      return keys;
    },
    rotate: () => {
      keys = makeKeys();
    },
    token: (alg, claims = {}) => {
      const { kid, privateKey } = keys[alg];
      const now = Math.floor(Date.now() / 1_000);
      const { issuer: iss, audience: aud } = provider;
      const good = { iss, aud, sub: randomUUID(), exp: now + 600, scope: 'users:read admin' };
      const signed = `${encoded({ alg, kid, typ: 'JWT' })}.${encoded({ ...good, ...claims })}`;
      const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
      return `${signed}.${signature.toString('base64url')}`;
    },
    close: server.close,
  };
  return provider;
}
