import type { JsonObject } from '../lib/json.ts';

/** What the working tree asks for in one stage: plain data, from which the planner and the composer decide. */
export interface Tree {
  readonly stage: string;
  /** Commit of the tree, with `-dirty` where files differ from it; `unknown` outside git. */
  readonly commit: string;
  readonly head: JsonObject;
  readonly parameters: JsonObject;
  readonly functions: readonly TreeFunction[];
  readonly layers: readonly TreeLayer[];
  /** Every other resource. */
  readonly resources: readonly TreeBlock[];
  readonly outputs: readonly TreeBlock[];
}

export interface TreeBlock {
  readonly logicalId: string;
  readonly block: JsonObject;
  /** sha256 of the block and of the local files that it names. */
  readonly hash: string;
  /** Local files that the block names: path from the root to sha256. */
  readonly contents: Readonly<Record<string, string>>;
}

export interface TreeFunction {
  readonly logicalId: string;
  /** The folder's name. */
  readonly name: string;
  /** Path from the root. */
  readonly folder: string;
  /** Path from the root of the file that it starts at. */
  readonly entry: string;
  readonly block: JsonObject;
  /** sha256 of the package's one file. */
  readonly code: string;
  readonly bytes: number;
  /** sha256 of everything that makes it run; see release.ts. */
  readonly release: string;
  readonly files: Readonly<Record<string, string>>;
  /** Import path of each package that it reaches, to `<version> <hash of what the package depends on>`. */
  readonly packages: Readonly<Record<string, string>>;
  /** Names behind the references of its properties. */
  readonly references: Readonly<Record<string, string>>;
  /** Who imports what, for `explain`. */
  readonly imports: Readonly<Record<string, readonly string[]>>;
}

export interface TreeLayer {
  readonly logicalId: string;
  readonly name: string;
  readonly folder: string;
  readonly block: JsonObject;
  /** sha256 of everything that the layer is built from. */
  readonly code: string;
  /** sha256 of code and configuration. */
  readonly release: string;
  readonly files: Readonly<Record<string, string>>;
  /** Path in package-lock.json to version, of every package in the layer. */
  readonly packages: Readonly<Record<string, string>>;
}
