import { signingKeys, type SigningKeys } from '@shared/auth/signing-keys';
import { SecretShapeError } from '@shared/config/secret';
import { ConflictError } from '@shared/errors/app-error';
import { parse } from '@shared/validation/parse';
import type { RotationDependencies } from './dependencies.ts';
import { rotationStep } from './schema.ts';
import type { Label } from './secret-versions.ts';

/** What a step did to which secret, of which there is the ARN and nothing that is in it. */
export interface RotationReport {
  readonly step: string;
  readonly arn: string;
  readonly outcome: 'done' | 'doneBefore';
}

interface Rotation {
  readonly secretId: string;
  readonly versionId: string;
  readonly currentId: string | undefined;
}

function readKeys(text: string | undefined, label: Label): SigningKeys {
  try {
    const result = signingKeys.safeParse(JSON.parse(text ?? ''));
    if (result.success) return result.data;
  } catch {
    // The message of JSON.parse repeats the text.
  }
  throw new SecretShapeError(`The version ${label} of the secret is not of the documented shape`);
}

/** A new key, and the one that has signed until now: what it has signed stays good until the next rotation. */
async function createSecret({ versions, newKey }: RotationDependencies, rotation: Rotation): Promise<void> {
  const { secretId, versionId } = rotation;
  // Repeated, as after a failure of a later step: another key here would replace one that was tested.
  if ((await versions.read(secretId, 'AWSPENDING', versionId)) !== undefined) return;
  const [signing] = readKeys(await versions.read(secretId, 'AWSCURRENT'), 'AWSCURRENT').keys;
  const keys = signing === undefined ? [newKey()] : [newKey(), signing];
  await versions.writePending(secretId, versionId, JSON.stringify({ keys }));
}

/** Holds what is pending against what is in use: nothing that is signed now may be refused after the change. */
async function testSecret({ versions }: RotationDependencies, { secretId, versionId }: Rotation): Promise<void> {
  const pending = readKeys(await versions.read(secretId, 'AWSPENDING', versionId), 'AWSPENDING');
  const [signing] = readKeys(await versions.read(secretId, 'AWSCURRENT'), 'AWSCURRENT').keys;
  const [fresh, former] = pending.keys;
  if (former?.kid !== signing?.kid || former?.key !== signing?.key || fresh?.key === signing?.key) {
    throw new ConflictError('The pending version does not follow from the current one');
  }
}

/** @throws {ConflictError} where the version that is asked for is not the pending one */
async function begin({ versions }: RotationDependencies, secretId: string, versionId: string): Promise<Rotation> {
  const labels = await versions.labels(secretId);
  const current = [...labels].find(([, ofVersion]) => ofVersion.includes('AWSCURRENT'))?.[0];
  const own = labels.get(versionId) ?? [];
  if (!own.includes('AWSCURRENT') && !own.includes('AWSPENDING')) {
    throw new ConflictError('The version of the token is not AWSPENDING: no rotation to it was begun');
  }
  return { secretId, versionId, currentId: current };
}

/**
 * One step of a rotation of signing keys. Each may be repeated, also after a later one: a version that has become the
 * current one is left as it is.
 * @throws {ValidationError} for what is no step
 * @throws {ConflictError} where no rotation to the version was begun, or it does not follow from the current one
 * @throws {SecretShapeError} where the secret holds no signing keys
 */
export async function rotateSecret(event: unknown, needs: RotationDependencies): Promise<RotationReport> {
  const { Step: step, SecretId: secretId, ClientRequestToken: versionId } = parse(rotationStep, event);
  const rotation = await begin(needs, secretId, versionId);
  const isOver = rotation.currentId === versionId;
  if (!isOver) {
    if (step === 'createSecret') await createSecret(needs, rotation);
    if (step === 'testSecret') await testSecret(needs, rotation);
    if (step === 'finishSecret') await needs.versions.makeCurrent(secretId, versionId, rotation.currentId);
    // setSecret has nobody to tell: whoever signs or verifies reads the secret itself.
  }
  const report: RotationReport = { step, arn: secretId, outcome: isOver ? 'doneBefore' : 'done' };
  needs.onStep(report);
  return report;
}
