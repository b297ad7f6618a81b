import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../lib/failure.ts';
import { parseJson, type Json } from '../lib/json.ts';

/** Version of the form of `artifacts.json`; a reader refuses another. */
export const artifactsVersion = 1;

/** The file that says what is in a folder of collected artifacts. */
export const artifactsFile = 'artifacts.json';

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const code = {
  name: z.string().min(1),
  /** As {@link import('../tree/tree.ts').TreeFunction.code}. */
  code: hash,
  /** sha256 of the zip `<logical id>.zip` in the same folder. */
  package: hash,
};
const logicalId = z.string().regex(/^[A-Za-z0-9]+$/);

const artifacts = z.strictObject({
  version: z.literal(artifactsVersion),
  /** The stage that runs them. */
  stage: z.string().min(1),
  /** The commit at which that stage was found to run what the tree asks for. */
  commit: z.string().min(1),
  functions: z.record(logicalId, z.strictObject(code)),
  layers: z.record(
    logicalId,
    z.strictObject({
      ...code,
      files: z.record(z.string(), z.string()),
      packages: z.record(z.string(), z.string()),
    }),
  ),
});

/** What a stage runs, with the zips beside it: what another stage gets in place of a second build. */
export type Artifacts = z.infer<typeof artifacts>;

/**
 * Reads the `artifacts.json` of a folder.
 * @throws Failure for a folder without one, for another version, and for what is none
 */
export function readArtifacts(folder: string): Artifacts {
  const next = 'Collect them with: npm run aviary -- collect --stage staging.';
  let value: Json;
  try {
    value = parseJson(readFileSync(join(folder, artifactsFile), 'utf8'));
  } catch (cause) {
    throw new Failure(`${join(folder, artifactsFile)} cannot be read.`, next, { cause });
  }
  const { data: head } = z.looseObject({ version: z.number() }).safeParse(value);
  if (head && head.version !== artifactsVersion) {
    throw new Failure(`The artifacts have version ${head.version}, known is ${artifactsVersion}.`, next);
  }
  const { data, error } = artifacts.safeParse(value);
  if (data) return data;
  const [issue] = error.issues;
  throw new Failure(`The artifacts are not usable: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`, next);
}
