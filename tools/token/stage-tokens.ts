import { Failure } from '../lib/failure.ts';
import { asking, clientConfig, type Connection } from '../stack/connection.ts';
import { signToken, type TokenClaims } from './sign-token.ts';
import { signingKeyIn } from './signing-key.ts';

/** Makes tokens of the stage's own issuer. */
export type StageTokens = (claims: Pick<TokenClaims, 'subject' | 'scopes' | 'expiresAt'>) => Promise<string>;

/**
 * Reads what a stage signs its tokens with.
 * @param outputs of its stack, which name the secret, the issuer and the audience
 * @throws Failure where the stack has none, or the secret is of another form
 */
export async function stageTokens(
  connection: Connection,
  { SigningKeysSecretName: SecretId, TokenIssuer: issuer, TokenAudience: audience }: Readonly<Record<string, string>>,
): Promise<StageTokens> {
  const { name } = connection.stage;
  if (SecretId === undefined || issuer === undefined || audience === undefined) {
    throw new Failure(`The stack of ${name} signs no tokens.`, `Deploy first: npm run deploy -- --stage ${name}.`);
  }
  const { GetSecretValueCommand, SecretsManagerClient } = await import('@aws-sdk/client-secrets-manager');
  const client = new SecretsManagerClient(clientConfig(connection));
  const { SecretString = '' } = await asking(connection, client.send(new GetSecretValueCommand({ SecretId })));
  client.destroy();
  const key = signingKeyIn(SecretString);
  if (key === undefined) {
    throw new Failure(`The secret ${SecretId} holds no signing keys.`, 'docs/operations.md says what it is to hold.');
  }
  return (claims) => signToken({ issuer, audience, ...claims }, key);
}

/** Seconds since 1970, so many from now. */
export const secondsFromNow = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;
