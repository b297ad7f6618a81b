import { stageSigningKeys } from '@shared/auth/stage-signing-keys';
import { secretsManager } from '@shared/config/secret';
import { keyOfToken, pageTokens, type PageTokens } from '@shared/pagination/page-token';

/** Gives what makes and reads page tokens; to read one it is told which, since its key may be a new one. */
export type StagePageTokens = (token?: string) => Promise<PageTokens>;

/** Page tokens with the keys that the stage keeps as a secret, which is fetched when a list is asked for; call it once, outside the handler. */
export function stagePageTokens(secretName: string): StagePageTokens {
  const keys = stageSigningKeys(secretName, secretsManager());
  return async (token) => pageTokens(await keys(token === undefined ? undefined : keyOfToken(token)));
}
