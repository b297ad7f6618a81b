import { createHmac } from 'node:crypto';
import { stageSigningKeys, type StageSigningKeys } from '@shared/auth/stage-signing-keys';
import type { FetchSecret } from '@shared/config/secret';
import type { SecretVersions } from '../../../functions/secret-rotation/secret-versions.ts';

/** The keys of a secret as one execution environment has them: fetched once, and anew only where that is asked for. */
export function keysInUse(versions: SecretVersions, secret: string): StageSigningKeys {
  let kept: Promise<unknown> | undefined;
  const fetchSecret: FetchSecret = (name, { fresh } = { fresh: false }) =>
    fresh || kept === undefined ? (kept = versions.read(name, 'AWSCURRENT')) : kept;
  return stageSigningKeys(secret, fetchSecret);
}

/** Whether what one environment signs with its first key is taken by another one, which is told the name of the key. */
export async function isTaken(signer: StageSigningKeys, verifier: StageSigningKeys): Promise<boolean> {
  const sign = (key: string): string => createHmac('sha256', key).update('claims').digest('hex');
  const { kid, key } = (await signer()).keys[0] ?? { kid: '', key: '' };
  const found = (await verifier(kid)).keys.find((it) => it.kid === kid);
  return found !== undefined && sign(found.key) === sign(key);
}
