import { steps } from '../../../functions/secret-rotation/schema.ts';

/** What Secrets Manager sends for each step of a rotation. */
export const rotationEvents = (SecretId: string, ClientRequestToken: string): Record<string, string>[] =>
  steps.map((Step) => ({ Step, SecretId, ClientRequestToken }));

/** Takes the steps of a rotation as Secrets Manager does: one after the other, and each once more to see that it may be. */
export async function rotate(
  secretId: string,
  versionId: string,
  take: (event: Record<string, string>) => Promise<unknown>,
): Promise<void> {
  for (const event of rotationEvents(secretId, versionId)) {
    await take(event);
    await take(event);
  }
}
