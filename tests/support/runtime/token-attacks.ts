import { generateKeyPairSync, sign } from 'node:crypto';
import { inSeconds, localIssuer, localKey } from '../token.ts';
import { craftedToken, encoded } from './crafted-token.ts';
import type { IdentityProvider } from './identity-provider.ts';

/**
 * The known attacks on who verifies a JWT (RFC 8725, and what was found since), by what each tries. The tokens differ from
 * call to call, so that no answer to an earlier one is given again.
 */
export function tokenAttacks(provider: IdentityProvider): Readonly<Record<string, string>> {
  const { kid, key } = localKey();
  const secret = Buffer.from(key, 'base64url');
  const { issuer: iss, audience: aud } = localIssuer;
  const good = { iss, aud, sub: crypto.randomUUID(), exp: inSeconds(600), scope: 'users:read admin' };
  const header = { alg: 'HS256', kid, typ: 'at+jwt' };
  const own = (claims: object, head: object = {}): string =>
    craftedToken({ ...header, ...head }, { ...good, ...claims }, secret);
  const without = (claim: keyof typeof good): string =>
    craftedToken(header, { ...good, jti: claim, [claim]: undefined }, secret);

  const { keys } = provider;
  const theirs = { ...good, iss: provider.issuer, aud: provider.audience };
  const pem = keys.RS256.publicKey.export({ format: 'pem', type: 'spki' });
  const jwk = JSON.stringify(keys.RS256.publicKey.export({ format: 'jwk' }));
  const attacker = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const forged = (head: object): string => {
    const signed = `${encoded({ alg: 'RS256', kid: keys.RS256.kid, ...head })}.${encoded(theirs)}`;
    return `${signed}.${sign('sha256', Buffer.from(signed), attacker.privateKey).toString('base64url')}`;
  };
  const twice = JSON.stringify({ ...good, sub: 'first' }).replace('{', `{"sub":"${crypto.randomUUID()}",`);
  const hidden = JSON.stringify({ ...good, jti: '1' }).replace('{', String.raw`{"\u0073ub":"somebody",`);
  const [head = '', body = '', signature = ''] = own({ jti: 'cut' }).split('.');
  const [, otherBody = ''] = own({ jti: 'swapped', sub: crypto.randomUUID() }).split('.');

  return {
    'no algorithm': `${encoded({ ...header, alg: 'none' })}.${encoded(good)}.`,
    'no algorithm, with a signature': own({ jti: 'none' }, { alg: 'none' }),
    'no algorithm, in other letters': own({ jti: 'nOnE' }, { alg: 'nOnE' }),
    'the public key as the secret of HS256': craftedToken({ ...header, kid: keys.RS256.kid }, theirs, pem),
    'the public key as JSON for the secret': craftedToken({ ...header, kid: keys.RS256.kid }, theirs, jwk),
    'the public key as the secret of the stage': craftedToken({ ...header, kid: keys.RS256.kid }, good, pem),
    'a token of the provider in the name of the stage': provider.token('RS256', { iss, aud }),
    'the key of the stage in the name of the provider': own({ iss: provider.issuer, aud: provider.audience }),
    'another algorithm of the same family': own({ jti: 'HS512' }, { alg: 'HS512' }),
    'a key by a path': craftedToken({ ...header, kid: '../../../../dev/null' }, good, ''),
    'a key by a query': craftedToken({ ...header, kid: "x' UNION SELECT 'key" }, { ...good, jti: 'sql' }, 'key'),
    'a key by a command': craftedToken({ ...header, kid: '|/bin/true' }, { ...good, jti: 'command' }, ''),
    'a key by the name of a property': craftedToken({ ...header, kid: '__proto__' }, good, '[object Object]'),
    'no name of a key': own({ jti: 'kid' }, { kid: undefined }),
    'a key set of its own': forged({ jku: `${provider.issuer}attacker.json`, kid: 'attacker' }),
    'a certificate of its own by address': forged({ x5u: `${provider.issuer}attacker.pem` }),
    'a key of its own in the header': forged({ jwk: attacker.publicKey.export({ format: 'jwk' }) }),
    'a certificate of its own in the header': forged({ x5c: [pem.toString()] }),
    'an extension that is critical': own({ jti: 'crit' }, { crit: ['exp'], exp: 1 }),
    'another type of token': own({ jti: 'typ' }, { typ: 'logout+jwt' }),
    'a time that is over': own({ exp: inSeconds(-31) }),
    'a time that has not come': own({ nbf: inSeconds(60) }),
    'a time that is text': own({ exp: String(inSeconds(600)) }),
    'no end': without('exp'),
    'nobody whom it is of': without('sub'),
    'no issuer': without('iss'),
    'no audience': without('aud'),
    'another issuer': own({ iss: 'urn:aviary:other' }),
    'another stage': own({ iss: 'urn:aviary:staging', aud: 'aviary-staging' }),
    'another audience': own({ aud: 'aviary-staging' }),
    'another audience of the provider': provider.token('ES256', { aud: 'https://other.example.com' }),
    'a claim that stands twice': craftedToken(header, twice, secret),
    'a claim that stands twice, spelled in another way': craftedToken(header, hidden, secret),
    'claims that are a list': craftedToken(header, [good], secret),
    'claims that are no JSON': craftedToken(header, 'sub=me', secret),
    'more than 8 KB': own({ note: 'x'.repeat(7_000) }),
    'a signature that is cut off': `${head}.${body}.`,
    'a signature that is left out': `${head}.${body}`,
    'the signature of other claims': `${head}.${otherBody}.${signature}`,
    'another key': craftedToken(header, { ...good, jti: 'key' }, 'another key, of thirty-two bytes!'),
    'no key': craftedToken(header, { ...good, jti: 'empty' }, ''),
  };
}
