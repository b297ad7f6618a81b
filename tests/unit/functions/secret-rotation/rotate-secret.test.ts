import { randomBytes } from 'node:crypto';
import { signingKeys, type SigningKeys } from '@shared/auth/signing-keys';
import { SecretShapeError } from '@shared/config/secret';
import { ConflictError, NotFoundError, ValidationError } from '@shared/errors/app-error';
import { rotateSecret } from '../../../../functions/secret-rotation/rotate-secret.ts';
import { memorySecretVersions, type MemorySecretVersions } from '../../../support/runtime/memory-secret-versions.ts';
import { rotate, rotationEvents } from '../../../support/runtime/rotate.ts';
import { secretVersionsContract } from '../../../support/runtime/secret-versions-contract.ts';
import { someKeys } from '../../../support/runtime/some-keys.ts';

const setUp = async (content: string | SigningKeys = someKeys('old', 'older')) => {
  const versions = memorySecretVersions();
  const secret = await versions.add(typeof content === 'string' ? content : JSON.stringify(content));
  let made = 0;
  const take = (event: unknown) =>
    rotateSecret(event, {
      versions,
      newKey: () => ({ kid: `new-${(made += 1)}`, key: randomBytes(32).toString('base64url') }),
      onStep: () => undefined,
    });
  return { versions, secret, take };
};
const current = async (versions: MemorySecretVersions, secret: string): Promise<SigningKeys> =>
  signingKeys.parse(JSON.parse((await versions.read(secret, 'AWSCURRENT')) ?? 'null'));
const kids = ({ keys }: SigningKeys): string[] => keys.map(({ kid }) => kid);

describe('the rotation of signing keys', () => {
  it('has a new key sign, keeps the one that has signed, and lets go of the one before', async () => {
    const { versions, secret, take } = await setUp();

    await rotate(secret, await versions.beginRotation(secret), take);

    const after = await current(versions, secret);
    expect(kids(after)).toEqual(['new-1', 'old']);
    expect(after.keys[1]).toEqual(someKeys('old').keys[0]);
  });

  it('makes the list of a secret that CloudFormation has generated', async () => {
    const [{ key } = { key: '' }] = someKeys('generated').keys;
    const { versions, secret, take } = await setUp(JSON.stringify({ key }));

    await rotate(secret, await versions.beginRotation(secret), take);

    const after = await current(versions, secret);
    expect(kids(after)).toEqual(['new-1', 'first']);
    expect(after.keys[1]?.key).toBe(key);
  });

  it('changes nothing that is in use before its last step', async () => {
    const { versions, secret, take } = await setUp();
    const events = rotationEvents(secret, await versions.beginRotation(secret));

    for (const event of events.slice(0, -1)) await take(event);

    await expect(current(versions, secret)).resolves.toEqual(someKeys('old', 'older'));
  });

  it('leaves everything as it is when a step is repeated after the end', async () => {
    const { versions, secret, take } = await setUp();
    const version = await versions.beginRotation(secret);
    await rotate(secret, version, take);
    const after = await current(versions, secret);

    for (const event of rotationEvents(secret, version))
      await expect(take(event)).resolves.toMatchObject({ outcome: 'doneBefore' });

    await expect(current(versions, secret)).resolves.toEqual(after);
  });

  it.each(['createSecret', 'setSecret', 'testSecret', 'finishSecret'])(
    'refuses %s of a version to which no rotation was begun',
    async (Step) => {
      const { versions, secret, take } = await setUp();

      const refused = take({ Step, SecretId: secret, ClientRequestToken: 'made-up' });

      await expect(refused).rejects.toBeInstanceOf(ConflictError);
      await expect(current(versions, secret)).resolves.toEqual(someKeys('old', 'older'));
    },
  );

  it('refuses a version that is neither pending nor current any more', async () => {
    const { versions, secret, take } = await setUp();
    const first = await versions.beginRotation(secret);
    await rotate(secret, first, take);
    await rotate(secret, await versions.beginRotation(secret), take);
    const labels = await versions.labels(secret);

    const [previous = ''] = [...labels].find(([, its]) => its.join() === 'AWSPREVIOUS') ?? [];

    await expect(take({ Step: 'finishSecret', SecretId: secret, ClientRequestToken: previous })).rejects.toThrow(
      ConflictError,
    );
  });

  it.each([
    ['without the key that signs now', someKeys('new')],
    ['with another key beside the new one', someKeys('new', 'stranger')],
    ['with the key that signs now as the new one', someKeys('old', 'old')],
    [
      'with another key under the name of the one that signs now',
      { keys: [...someKeys('new').keys, { kid: 'old', key: someKeys('x').keys[0]?.key ?? '' }] },
    ],
  ])('fails its test %s', async (_what, pending) => {
    const { versions, secret, take } = await setUp();
    const version = await versions.beginRotation(secret);
    await versions.writePending(secret, version, JSON.stringify(pending));

    const tested = take({ Step: 'testSecret', SecretId: secret, ClientRequestToken: version });

    await expect(tested).rejects.toBeInstanceOf(ConflictError);
  });

  it.each(['hunter2', '{"keys":[]}', '{"password":"hunter2"}'])(
    'refuses a secret that holds no signing keys, and does not say what it holds: %s',
    async (content) => {
      const { versions, secret, take } = await setUp(content);
      const [create] = rotationEvents(secret, await versions.beginRotation(secret));

      const failure: unknown = await take(create).catch((error: unknown) => error);

      expect(failure).toBeInstanceOf(SecretShapeError);
      expect(failure).not.toHaveProperty('cause');
      expect((failure as Error).message).not.toContain('hunter2');
    },
  );

  it.each([[{}], [{ Step: 'deleteSecret', SecretId: 's', ClientRequestToken: 't' }], [null]])(
    'refuses what is no step: %j',
    async (event) => {
      const { take } = await setUp();

      await expect(take(event)).rejects.toBeInstanceOf(ValidationError);
    },
  );

  it('fails for a secret that is not there', async () => {
    const { take } = await setUp();

    await expect(take({ Step: 'createSecret', SecretId: 'nowhere', ClientRequestToken: 't' })).rejects.toThrow(
      NotFoundError,
    );
  });
});

describe('versions of secrets in memory', () => {
  secretVersionsContract(memorySecretVersions);
});
