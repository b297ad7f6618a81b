/** The labels by which Secrets Manager tells the versions of a secret apart. */
export type Label = 'AWSCURRENT' | 'AWSPENDING' | 'AWSPREVIOUS';

/** The versions of a secret. Any operation may throw an UnavailableError. */
export interface SecretVersions {
  /** The labels of each version, by the version's id. @throws {NotFoundError} for a secret that is not there */
  readonly labels: (secretId: string) => Promise<ReadonlyMap<string, readonly string[]>>;
  /** The text of a version; undefined where it has none, as the one that a rotation begins with. */
  readonly read: (secretId: string, label: Label, versionId?: string) => Promise<string | undefined>;
  /** Writes the text of the version that is pending. */
  readonly writePending: (secretId: string, versionId: string, text: string) => Promise<void>;
  /** Makes a version the current one; the one that was becomes the previous one. */
  readonly makeCurrent: (secretId: string, versionId: string, currentId: string | undefined) => Promise<void>;
}
