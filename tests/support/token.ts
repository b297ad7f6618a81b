import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { objectAt, stringAt } from '../../tools/lib/json.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTemplate } from '../../tools/template/read-template.ts';
import { resolveTemplate } from '../../tools/template/resolve-template.ts';
import { scopes } from '../../tools/token/scopes.ts';
import { signToken, type SigningKey, type TokenClaims } from '../../tools/token/sign-token.ts';
import { signingKeyIn } from '../../tools/token/signing-key.ts';
import { repository } from './engine/a-folder.ts';

/** What the tokens of the local stage say of who made them, and for whom. */
export const localIssuer = { issuer: 'urn:aviary:local', audience: 'aviary-local' } as const;

let known: SigningKey | undefined;

/** The well-known key of the local stage, as template.yaml has it; read once. */
export const localKey = (): SigningKey => (known ??= readLocalKey());

function readLocalKey(): SigningKey {
  const { parameters } = readStage(repository, 'local');
  const { resources } = resolveTemplate(readTemplate(join(repository, 'template.yaml')), parameters);
  const key = signingKeyIn(stringAt(objectAt(resources['JwtSigningKeys'], 'Properties'), 'SecretString') ?? '');
  if (key === undefined) throw new Error('template.yaml has no signing key for the local stage');
  return key;
}

/** Seconds since 1970, so many from now. */
export const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** A token of the local stage; it lasts for an hour and has every scope, unless told otherwise. */
export const localToken = (parts: Partial<TokenClaims> = {}, key: SigningKey = localKey()): Promise<string> =>
  signToken({ ...localIssuer, subject: randomUUID(), scopes, expiresAt: inSeconds(3_600), ...parts }, key);

let everyday: Promise<string> | undefined;

/** What requests of tests carry: one for everything, made once, or what `aviary smoke` has made for the stage that it asks. */
export const everydayToken = (): Promise<string> =>
  (everyday ??= Promise.resolve(process.env['API_TOKEN'] ?? localToken()));
