import { inSeconds, localIssuer, localKey } from '../token.ts';
import { craftedToken, encoded } from './crafted-token.ts';
import type { IdentityProvider } from './identity-provider.ts';
import type { TokenAttacker } from './token-attacker.ts';

/** What an attack has to work with. */
export interface AttackParts {
  /** The header of a good token of the stage. */
  readonly header: object;
  /** Claims of a good token of the stage, for another user each time: no earlier answer is given again. */
  readonly good: () => Readonly<Record<string, unknown>>;
  /** A token of the stage that is good but for these claims, and this header. */
  readonly own: (claims?: object, header?: object) => string;
  /** A token of the attacker's in the name of the provider. */
  readonly forged: (header: object) => string;
  /** The provider's public key, which anybody may have. */
  readonly pem: string | Buffer;
  readonly secret: Buffer;
  readonly provider: IdentityProvider;
  readonly attacker: TokenAttacker;
}

/** What attacks on the stage's own tokens, and on those of its identity provider, are made of. */
export function attackParts(provider: IdentityProvider, attacker: TokenAttacker): AttackParts {
  const { kid, key } = localKey();
  const secret = Buffer.from(key, 'base64url');
  const { issuer: iss, audience: aud } = localIssuer;
  const header = { alg: 'HS256', kid, typ: 'at+jwt' };
  const good = () => ({ iss, aud, sub: crypto.randomUUID(), exp: inSeconds(600), scope: 'users:read admin' });
  const { publicKey, kid: theirs } = provider.keys.RS256;
  return {
    header,
    good,
    own: (claims = {}, head = {}) => craftedToken({ ...header, ...head }, { ...good(), ...claims }, secret),
    forged: (head) => attacker.sign({ kid: theirs, ...head }, ofProvider(provider, good())),
    pem: publicKey.export({ format: 'pem', type: 'spki' }),
    secret,
    provider,
    attacker,
  };
}

const ofProvider = ({ issuer: iss, audience: aud }: IdentityProvider, claims: object): object => ({
  ...claims,
  iss,
  aud,
});

/** A token of HS256 in the name of the provider's key, with the public key as its secret. */
const confused = ({ header, provider }: AttackParts, claims: object, secret: string | Buffer): string =>
  craftedToken({ ...header, kid: provider.keys.RS256.kid }, claims, secret);

/** Claims with a member more in front of all others, which are written as JSON. */
const withFirst = ({ good }: AttackParts, member: string): string => JSON.stringify(good()).replace('{', `{${member},`);

/** The known attacks on who verifies a JWT (RFC 8725, and what was found since), by what each tries. */
export const tokenAttacks: Readonly<Record<string, (parts: AttackParts) => string>> = {
  'no algorithm': ({ header, good }) => `${encoded({ ...header, alg: 'none' })}.${encoded(good())}.`,
  'no algorithm, with a signature': ({ own }) => own({}, { alg: 'none' }),
  'no algorithm, in other letters': ({ own }) => own({}, { alg: 'nOnE' }),
  'the public key as the secret of HS256': (it) => confused(it, ofProvider(it.provider, it.good()), it.pem),
  'the public key as JSON for the secret': (it) =>
    confused(
      it,
      ofProvider(it.provider, it.good()),
      JSON.stringify(it.provider.keys.RS256.publicKey.export({ format: 'jwk' })),
    ),
  'the public key as the secret of the stage': (it) => confused(it, it.good(), it.pem),
  'a token of the provider in the name of the stage': ({ provider }) =>
    provider.token('RS256', { iss: localIssuer.issuer, aud: localIssuer.audience }),
  'the key of the stage in the name of the provider': ({ own, provider }) =>
    own({ iss: provider.issuer, aud: provider.audience }),
  'another algorithm of the same family': ({ own }) => own({}, { alg: 'HS512' }),
  // CVE-2022-21449: some arithmetic takes two zeros for a signature of anything.
  'a signature of ECDSA that is zero': ({ provider }) => {
    const [header = '', claims = ''] = provider.token('ES256').split('.');
    return `${header}.${claims}.${Buffer.alloc(64).toString('base64url')}`;
  },
  'a key by a path': ({ header, good }) => craftedToken({ ...header, kid: '../../../../dev/null' }, good(), ''),
  'a key by a query': ({ header, good }) => craftedToken({ ...header, kid: "x' UNION SELECT 'key" }, good(), 'key'),
  'a key by a command': ({ header, good }) => craftedToken({ ...header, kid: '|/bin/true' }, good(), ''),
  'a key by the name of a property': ({ header, good }) =>
    craftedToken({ ...header, kid: '__proto__' }, good(), '[object Object]'),
  'no name of a key': ({ own }) => own({}, { kid: undefined }),
  'a key set of its own by address': ({ forged, attacker }) => forged({ jku: attacker.jwksUrl }),
  'a key set of its own by address, and its name': ({ forged, attacker }) =>
    forged({ jku: attacker.jwksUrl, kid: 'attacker' }),
  'a certificate of its own by address': ({ forged, attacker }) => forged({ x5u: attacker.certificateUrl }),
  'a key of its own in the header': ({ forged, attacker }) => forged({ jwk: attacker.jwk }),
  'a certificate of its own in the header': ({ forged, attacker }) => forged({ x5c: [attacker.certificate] }),
  'an extension that is critical': ({ own }) => own({}, { crit: ['exp'], exp: 1 }),
  'another type of token': ({ own }) => own({}, { typ: 'logout+jwt' }),
  'an encrypted token': ({ own }) => `${own({}, { alg: 'dir', enc: 'A256GCM' })}.x.y`,
  'a time that is over': ({ own }) => own({ exp: inSeconds(-31) }),
  'a time that has not come': ({ own }) => own({ nbf: inSeconds(60) }),
  'a time that is text': ({ own }) => own({ exp: String(inSeconds(600)) }),
  'no end': ({ own }) => own({ exp: undefined }),
  'nobody whom it is of': ({ own }) => own({ sub: undefined }),
  'no issuer': ({ own }) => own({ iss: undefined }),
  'no audience': ({ own }) => own({ aud: undefined }),
  'another issuer': ({ own }) => own({ iss: 'urn:aviary:other' }),
  'the issuer of the provider, but for a slash': ({ provider }) =>
    provider.token('RS256', { iss: provider.issuer.slice(0, -1) }),
  'another stage': ({ own }) => own({ iss: 'urn:aviary:staging', aud: 'aviary-staging' }),
  'another audience': ({ own }) => own({ aud: 'aviary-staging' }),
  'another audience of the provider': ({ provider }) => provider.token('ES256', { aud: 'https://other.example.com' }),
  'a claim that stands twice': (it) => craftedToken(it.header, withFirst(it, '"sub":"first"'), it.secret),
  'a claim that stands twice, spelled in another way': (it) =>
    craftedToken(it.header, withFirst(it, String.raw`"\u0073ub":"first"`), it.secret),
  'claims that are a list': ({ header, good, secret }) => craftedToken(header, [good()], secret),
  'claims that are no JSON': ({ header, secret }) => craftedToken(header, 'sub=me', secret),
  'more than 8 KB': ({ own }) => own({ note: 'x'.repeat(7_000) }),
  'a signature that is cut off': ({ own }) => own().replace(/[^.]+$/, ''),
  'a signature that is left out': ({ own }) => own().replace(/\.[^.]+$/, ''),
  'the signature of other claims': ({ own }) => {
    const [header = '', , signature = ''] = own().split('.');
    const [, claims = ''] = own().split('.');
    return `${header}.${claims}.${signature}`;
  },
  'another key': ({ header, good }) => craftedToken(header, good(), 'another key, of thirty-two bytes!'),
  'no key': ({ header, good }) => craftedToken(header, good(), ''),
};
