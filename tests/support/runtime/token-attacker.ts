import { generateKeyPairSync, sign, X509Certificate } from 'node:crypto';
import { encoded } from './crafted-token.ts';
import { startServer } from './http-server.ts';

/** Somebody with a key pair and a certificate of their own, who publishes both over HTTP. */
export interface TokenAttacker {
  readonly jwk: object;
  /** As `x5c` has it: base64 of the DER. */
  readonly certificate: string;
  readonly jwksUrl: string;
  readonly certificateUrl: string;
  /** Signs with the key of their own (RS256). */
  readonly sign: (header: object, claims: object) => string;
  /** The paths that they were asked for. */
  readonly asked: readonly string[];
  readonly close: () => Promise<void>;
}

/** A value of ASN.1 in DER (X.690, 8.1), with the length in one to three bytes. */
function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts);
  const { length } = body;
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), body]);
}

/** A certificate that is signed with its own key, without a name (RFC 5280, 4.1). */
function selfSigned(publicKey: Uint8Array, signed: (bytes: Buffer) => Buffer): X509Certificate {
  const sha256WithRsa = der(0x30, Buffer.from('06092a864886f70d01010b0500', 'hex'));
  const nobody = der(0x30);
  const years = ['200101000000Z', '491231235959Z'].map((time) => der(0x17, Buffer.from(time)));
  const version3 = Buffer.from('a003020102', 'hex');
  const serial = Buffer.from('020101', 'hex');
  const body = der(0x30, version3, serial, sha256WithRsa, nobody, der(0x30, ...years), nobody, publicKey);
  return new X509Certificate(der(0x30, body, sha256WithRsa, der(0x03, Buffer.from([0]), signed(body))));
}

/** Starts an attacker's server; the key that it publishes has this name, and that of its own. */
export async function startTokenAttacker(kid: string): Promise<TokenAttacker> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const signed = (bytes: Buffer): Buffer => sign('sha256', bytes, privateKey);
  const certificate = selfSigned(publicKey.export({ format: 'der', type: 'spki' }), signed);
  if (!certificate.verify(publicKey)) throw new Error('The certificate of the attacker is none');
  const jwk = publicKey.export({ format: 'jwk' });
  const asked: string[] = [];
  const server = await startServer(({ url }) => {
    asked.push(url.pathname);
    const keys = [kid, 'attacker'].map((name) => ({ ...jwk, kid: name, alg: 'RS256', use: 'sig' }));
    return { status: 200, body: url.pathname === '/jwks.json' ? { keys } : certificate.toString() };
  });
  return {
    jwk,
    certificate: certificate.raw.toString('base64'),
    jwksUrl: `${server.base}/jwks.json`,
    certificateUrl: `${server.base}/certificate.pem`,
    sign: (header, claims) => {
      const text = `${encoded({ alg: 'RS256', ...header })}.${encoded(claims)}`;
      return `${text}.${signed(Buffer.from(text)).toString('base64url')}`;
    },
    asked,
    close: server.close,
  };
}
