import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../lib/failure.ts';
import { fewAtOnce } from '../lib/few-at-once.ts';
import { sha256 } from '../lib/json.ts';
import { codeHash } from '../package/verify-build.ts';
import { packagePlace, type RecordedLayer } from '../plan/record.ts';
import { select } from '../plan/select.ts';
import { asking, s3Client, type Connection } from '../stack/connection.ts';
import type { Comparison } from '../stack/compare-stage.ts';
import { artifactsFile, artifactsVersion, type Artifacts } from './artifacts.ts';

/** Where the packages of a stage are collected, as a path from the root. */
export const collectedFolder = (stage: string): string => `.aviary/artifacts/${stage}`;

/** One download at a time per connection; more make no difference for packages of a few kilobytes. */
const downloads = 8;

/**
 * Downloads the packages of what a stage runs and the tree asks for, and holds each against its record.
 * @param folder absolute; emptied first
 * @throws Failure where the stage runs something else than the tree asks for, and where a package is not what the record
 *   says
 */
export async function collectArtifacts(
  connection: Connection,
  { tree, stack, plan }: Comparison,
  folder: string,
): Promise<Artifacts> {
  const { stage } = connection;
  const record = stack?.record;
  const behind = select(tree, record, plan);
  if (!record || behind.size > 0) {
    throw new Failure(
      `${stage.name} does not run what the tree asks for: ${[...behind].join(', ')} would move.`,
      `Deploy it there first: npm run deploy -- --stage ${stage.name}.`,
    );
  }
  const functions = tree.functions.flatMap(({ logicalId, entry, release }): Part[] => {
    const running = record.functions.get(logicalId);
    return running?.release === release ? [{ running, entry }] : [];
  });
  const layers = tree.layers.flatMap(({ logicalId }): Part[] => {
    const running = record.layers.get(logicalId);
    return running ? [{ running, entry: undefined }] : [];
  });
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await asking(connection, downloadAll(connection, [...functions, ...layers], folder));
  const artifacts: Artifacts = {
    version: artifactsVersion,
    stage: stage.name,
    commit: tree.commit,
    functions: described(functions, () => ({})),
    layers: described(layers, ({ files, packages }) => ({ files: { ...files }, packages: { ...packages } })),
  };
  writeFileSync(join(folder, artifactsFile), `${JSON.stringify(artifacts, null, 2)}\n`);
  return artifacts;
}

interface Part {
  readonly running: RecordedLayer;
  /** Path of the source file of a function; undefined for a layer. */
  readonly entry: string | undefined;
}

function described<T>(parts: readonly Part[], more: (running: RecordedLayer) => T) {
  const entries = parts.map(({ running }) => {
    const { logicalId, name, code, package: hash = '' } = running;
    return [logicalId, { name, code, package: hash, ...more(running) }] as const;
  });
  return Object.fromEntries(entries);
}

async function downloadAll(connection: Connection, parts: readonly Part[], folder: string): Promise<void> {
  const { GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = await s3Client(connection);
  await fewAtOnce(parts, downloads, async (part) => {
    const place = packagePlace(part.running);
    if (!place) throw new Error(`The package of ${part.running.name} is not in S3`);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: place.bucket, Key: place.key }));
    keep(part, (await Body?.transformToByteArray()) ?? new Uint8Array(), folder, connection.stage.name);
  });
}

function keep({ running, entry }: Part, bytes: Uint8Array, folder: string, stage: string): void {
  const { logicalId, name, code, package: hash } = running;
  const again = `npm run deploy -- --stage ${stage} --only ${name} --rebuild`;
  if (hash === undefined) {
    throw new Failure(
      `The package of ${name} has no hash in the record of ${stage}: plain SAM zipped it.`,
      `Deploy it again: ${again}.`,
    );
  }
  if (sha256(bytes) !== hash) {
    throw new Failure(
      `The package of ${name} in the bucket of ${stage} is not the one that was deployed (${sha256(bytes).slice(0, 12)}, recorded ${hash.slice(0, 12)}).`,
      `Somebody wrote over it. Find out who, then deploy it again: ${again}.`,
    );
  }
  const file = join(folder, `${logicalId}.zip`);
  writeFileSync(file, bytes);
  if (entry !== undefined && codeHash(file, entry) !== code) {
    throw new Failure(
      `The package of ${name} in ${stage} has other code than its record says.`,
      `Deploy it again: ${again}.`,
    );
  }
}
