import { readSecret, secretsManager } from '@shared/config/secret';
import { pageTokens, type PageTokens } from '@shared/pagination/page-token';
import * as z from 'zod';

const secret = z.object({ key: z.string().min(32) });

/** Page tokens with the key that the stage keeps as a secret, which is fetched when a list is asked for; call it once, outside the handler. */
export function stagePageTokens(secretName: string): () => Promise<PageTokens> {
  const fetchSecret = secretsManager();
  return async () => pageTokens((await readSecret(secretName, secret, fetchSecret)).key);
}
