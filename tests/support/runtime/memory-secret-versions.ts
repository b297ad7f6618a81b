import { randomUUID } from 'node:crypto';
import { NotFoundError, UnavailableError } from '@shared/errors/app-error';
import type { SecretVersions } from '../../../functions/secret-rotation/secret-versions.ts';

/** One version of a secret. */
interface Version {
  readonly labels: Set<string>;
  text: string | undefined;
}

/** Secrets in memory, with what Secrets Manager does before it calls the function. */
export interface MemorySecretVersions extends SecretVersions {
  /** @returns the id of the secret */
  readonly add: (text: string) => Promise<string>;
  /** @returns the id of the version that is pending from now on, and has no text */
  readonly beginRotation: (secretId: string) => Promise<string>;
}

/** Makes secrets in memory. */
export function memorySecretVersions(): MemorySecretVersions {
  const secrets = new Map<string, Map<string, Version>>();
  const found = (secretId: string): Map<string, Version> => {
    const secret = secrets.get(secretId);
    if (secret === undefined) throw new NotFoundError('There is no such secret');
    return secret;
  };

  return {
    add: (text) => {
      const id = `secret-${randomUUID()}`;
      secrets.set(id, new Map([[randomUUID(), { labels: new Set(['AWSCURRENT']), text }]]));
      return Promise.resolve(id);
    },
    beginRotation: (secretId) => {
      const versionId = randomUUID();
      // A label is on one version.
      for (const { labels } of found(secretId).values()) labels.delete('AWSPENDING');
      found(secretId).set(versionId, { labels: new Set(['AWSPENDING']), text: undefined });
      return Promise.resolve(versionId);
    },
    labels: async (secretId) => {
      await Promise.resolve();
      return new Map([...found(secretId)].map(([id, { labels }]) => [id, [...labels]]));
    },
    read: async (secretId, label, versionId) => {
      await Promise.resolve();
      const versions = [...found(secretId)].filter(([id]) => versionId === undefined || id === versionId);
      return versions.find(([, { labels }]) => labels.has(label))?.[1].text;
    },
    writePending: async (secretId, versionId, text) => {
      await Promise.resolve();
      found(secretId).set(versionId, { labels: new Set(['AWSPENDING']), text });
    },
    makeCurrent: async (secretId, versionId, currentId) => {
      await Promise.resolve();
      const versions = found(secretId);
      const current = [...versions].find(([, { labels }]) => labels.has('AWSCURRENT'));
      if (current?.[0] !== currentId) throw new UnavailableError('Another version is current', 5);
      for (const { labels } of versions.values()) labels.delete('AWSPREVIOUS');
      current?.[1].labels.delete('AWSCURRENT');
      current?.[1].labels.add('AWSPREVIOUS');
      versions.get(versionId)?.labels.add('AWSCURRENT');
    },
  };
}
