import { Failure } from '../lib/failure.ts';
import { isObject, objectAt, sha256, stringAt, stringsOf, type Json, type JsonObject } from '../lib/json.ts';
import { readOverride, type Override } from './despite-alarm.ts';
import { readLayerPins, readPin, type Pin } from './pin.ts';

/** Version of the record's form. */
export const recordVersion = 1;

/** What a deployed template says of what runs: the blocks, and what each was made from. */
export interface StackRecord {
  readonly stage: string;
  /** Commit of the last deploy. */
  readonly commit: string;
  readonly template: JsonObject;
  readonly parameters: JsonObject;
  /** Of every resource that is neither function nor layer: what it was made from. */
  readonly resources: Readonly<Record<string, RecordedBlock>>;
  readonly outputs: Readonly<Record<string, RecordedBlock>>;
  readonly functions: ReadonlyMap<string, RecordedFunction>;
  readonly layers: ReadonlyMap<string, RecordedLayer>;
  /** Pins of layers by logical id; also those that have expired. */
  readonly pins: Readonly<Record<string, Pin>>;
}

export interface RecordedBlock {
  /** As {@link import('../tree/tree.ts').TreeBlock.hash}. */
  readonly hash: string;
  readonly contents: Readonly<Record<string, string>>;
}

/** A layer as it was deployed; the fields mean what they mean in `TreeLayer`. */
export interface RecordedLayer {
  readonly logicalId: string;
  readonly name: string;
  readonly block: JsonObject;
  readonly code: string;
  readonly release: string;
  readonly commit: string;
  readonly files: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, string>>;
  /** sha256 of its zip; undefined where plain SAM zipped it. */
  readonly package: string | undefined;
}

/** A package in a stage's artifact bucket. */
export interface PackagePlace {
  readonly bucket: string;
  readonly key: string;
}

/** Bucket and key of a package; undefined where it is not in S3. */
export function packagePlace({ block }: RecordedLayer): PackagePlace | undefined {
  const properties = objectAt(block, 'Properties');
  const uri = stringAt(properties, 'CodeUri') ?? stringAt(properties, 'ContentUri') ?? '';
  const [, bucket, key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
  return bucket === undefined || key === undefined ? undefined : { bucket, key };
}

/** A function as it was deployed; the fields mean what they mean in `TreeFunction`. */
export interface RecordedFunction extends RecordedLayer {
  readonly references: Readonly<Record<string, string>>;
  /** The release that ran before this one; undefined for the first. Only what ran gets here: a failed deploy does not. */
  readonly previous: string | undefined;
  /** The release that was taken back, where this one runs by a rollback. */
  readonly rolledBackFrom: string | undefined;
  /** Also one that has expired. */
  readonly pin: Pin | undefined;
  /** The alarm that did not keep this release back, and why. */
  readonly despite: Override | undefined;
}

/**
 * Reads the record out of a deployed template (`GetTemplate`, stage Original).
 * @throws Failure for a template that Aviary did not write, or wrote in a form that this version does not know
 */
export function readRecord(template: JsonObject, stackName: string): StackRecord {
  const own = objectAt(template, 'Metadata')['Aviary'];
  if (!isObject(own)) {
    throw new Failure(
      `Aviary did not write the template of the stack ${stackName}, so it cannot tell what runs there.`,
      'Give the stage another stack_name in samconfig.toml, or delete that stack first.',
    );
  }
  if (own['version'] !== recordVersion) {
    throw new Failure(
      `The stack ${stackName} was deployed by another version of Aviary (record ${JSON.stringify(own['version'])}, known is ${recordVersion}).`,
      'Use that version, or a newer one.',
    );
  }
  const functions = new Map<string, RecordedFunction>();
  const layers = new Map<string, RecordedLayer>();
  for (const [logicalId, block] of Object.entries(objectAt(template, 'Resources'))) {
    if (!isObject(block)) continue;
    const made = recordedCode(logicalId, block);
    if (!made) continue;
    if (block['Type'] === 'AWS::Serverless::LayerVersion') layers.set(logicalId, made);
    else functions.set(logicalId, made);
  }
  return {
    stage: stringAt(own, 'stage') ?? '',
    commit: stringAt(own, 'commit') ?? 'unknown',
    template,
    parameters: objectAt(own, 'parameters'),
    resources: recordedBlocks(own['resources']),
    outputs: recordedBlocks(own['outputs']),
    functions,
    layers,
    pins: readLayerPins(own['pins']),
  };
}

/** Of templates that have been hashed: of a large one it takes as long as the rest of a plan. */
const hashes = new WeakMap<JsonObject, string>();

/** sha256 of the deployed template. */
export function templateHash({ template }: StackRecord): string {
  const hash = hashes.get(template) ?? sha256(template);
  hashes.set(template, hash);
  return hash;
}

function recordedCode(logicalId: string, block: JsonObject): RecordedFunction | undefined {
  const own = objectAt(block, 'Metadata')['Aviary'];
  const code = stringAt(own, 'code');
  const release = stringAt(own, 'release');
  if (!isObject(own) || code === undefined || release === undefined) return undefined;
  return {
    logicalId,
    name: stringAt(own, 'name') ?? logicalId,
    block,
    code,
    release,
    commit: stringAt(own, 'commit') ?? 'unknown',
    files: stringsOf(own['files']),
    packages: stringsOf(own['packages']),
    package: stringAt(own, 'package'),
    references: stringsOf(own['references']),
    previous: stringAt(own, 'previous'),
    rolledBackFrom: stringAt(own, 'rolledBackFrom'),
    pin: readPin(own['pin']),
    despite: readOverride(own['despite']),
  };
}

function recordedBlocks(value: Json | undefined): Record<string, RecordedBlock> {
  const blocks: Record<string, RecordedBlock> = {};
  for (const [logicalId, block] of Object.entries(isObject(value) ? value : {})) {
    const hash = stringAt(block, 'hash');
    if (hash !== undefined) blocks[logicalId] = { hash, contents: stringsOf(objectAt(block, 'contents')) };
  }
  return blocks;
}
