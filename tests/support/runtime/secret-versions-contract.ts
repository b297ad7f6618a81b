import { NotFoundError, UnavailableError } from '@shared/errors/app-error';
import type { SecretVersions } from '../../../functions/secret-rotation/secret-versions.ts';
import type { MemorySecretVersions } from './memory-secret-versions.ts';

/** Declares what the versions of secrets do, wherever they are. */
// eslint-disable-next-line jest/no-export -- the fake's test and the real adapter's run the same contract
export function secretVersionsContract(
  make: () => SecretVersions & Pick<MemorySecretVersions, 'add' | 'beginRotation'>,
): void {
  it('have a version without a text when a rotation begins', async () => {
    const versions = make();
    const secret = await versions.add('one');

    const pending = await versions.beginRotation(secret);

    expect((await versions.labels(secret)).get(pending)).toEqual(['AWSPENDING']);
    await expect(versions.read(secret, 'AWSPENDING', pending)).resolves.toBeUndefined();
    await expect(versions.read(secret, 'AWSCURRENT')).resolves.toBe('one');
  });

  it('keep what is pending beside what is current', async () => {
    const versions = make();
    const secret = await versions.add('one');
    const pending = await versions.beginRotation(secret);

    await versions.writePending(secret, pending, 'two');

    await expect(versions.read(secret, 'AWSPENDING', pending)).resolves.toBe('two');
    await expect(versions.read(secret, 'AWSCURRENT')).resolves.toBe('one');
  });

  it('make the pending one current, and the current one the previous one', async () => {
    const versions = make();
    const secret = await versions.add('one');
    const pending = await versions.beginRotation(secret);
    await versions.writePending(secret, pending, 'two');
    const [first = ''] = [...(await versions.labels(secret))].find(([, its]) => its.includes('AWSCURRENT')) ?? [];

    await versions.makeCurrent(secret, pending, first);

    expect((await versions.labels(secret)).get(pending)).toContain('AWSCURRENT');
    await expect(versions.read(secret, 'AWSCURRENT')).resolves.toBe('two');
    await expect(versions.read(secret, 'AWSPREVIOUS')).resolves.toBe('one');
  });

  it('change nothing where another version is the current one by now', async () => {
    const versions = make();
    const secret = await versions.add('one');
    const pending = await versions.beginRotation(secret);
    await versions.writePending(secret, pending, 'two');

    await expect(versions.makeCurrent(secret, pending, pending)).rejects.toBeInstanceOf(UnavailableError);
    await expect(versions.read(secret, 'AWSCURRENT')).resolves.toBe('one');
  });

  it('are none of a secret that is not there', async () => {
    await expect(make().labels('nowhere')).rejects.toBeInstanceOf(NotFoundError);
  });
}
