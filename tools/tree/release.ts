import { layerTarget, sharedSource } from '../build/layer-options.ts';
import { objectAt, sha256, type JsonObject } from '../lib/json.ts';

/** What a function's release is made of. */
export interface ReleaseInputs {
  readonly code: string;
  readonly files: Readonly<Record<string, string>>;
  readonly packages: Readonly<Record<string, string>>;
  readonly block: JsonObject;
  readonly references: Readonly<Record<string, string>>;
}

/**
 * The release of a function: the sha256 of everything that makes it run. That is the bytes of its package, the slice of
 * each layer that it reaches (the parts of shared files and the packages in use, and the target that both are built
 * for), and its resolved properties, runtime included, with the names of what they refer to.
 */
export function releaseOf({ code, files, packages, block, references }: ReleaseInputs): string {
  const shared = Object.entries(files).filter(([path]) => path.startsWith(`${sharedSource}/`));
  return sha256({
    code,
    shared: Object.fromEntries(shared),
    dependencies: packages,
    target: layerTarget,
    properties: configurationOf(block),
    references,
  });
}

/** A block without where its code is and what only the build reads. */
export function configurationOf(block: JsonObject): JsonObject {
  const { Metadata: _metadata, ...rest } = block;
  const { CodeUri: _code, ContentUri: _content, ...properties } = objectAt(block, 'Properties');
  return { ...rest, Properties: properties };
}
