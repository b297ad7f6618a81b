import { objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import type { TreeFunction, TreeLayer } from '../tree/tree.ts';

/** Length of a release where people read it. */
export const shortRelease = 12;

/** What a record is made of. */
export type Recordable = Pick<
  TreeFunction,
  'block' | 'name' | 'code' | 'release' | 'files' | 'packages' | 'references'
>;

const suffix = / \(release [0-9a-f]+\)$/;
/** AWS Lambda limits a description to 256 characters. */
const longestDescription = 256;
/** The variable in which a function finds the first digits of its release. */
export const releaseVariable = 'RELEASE';
const commitVariable = 'COMMIT';

/** What a function finds of itself in its environment. */
export function ownVariables({ release, commit }: { release: string; commit: string }): Record<string, string> {
  return { [releaseVariable]: release.slice(0, shortRelease), [commitVariable]: commit };
}

/**
 * A function's block as it is deployed, with its record.
 *
 * The release stands in three places, each for a reason: in `AutoPublishCodeSha256`, by which SAM publishes a version,
 * also where only a layer or a parameter changed; in `Description`, since Lambda answers with the version that is there
 * when neither code nor configuration differ, and CloudFormation then fails; in the environment, so that the code can
 * say what it is.
 * @param publish what SAM hashes into the version's logical id: the release, or more where the same release is to be
 *   published again
 * @param previous the release that ran before
 */
export function recordFunction(wanted: Recordable, commit: string, publish: string, previous?: string): JsonObject {
  const { block, name, code, release, files, packages, references } = wanted;
  const properties = objectAt(block, 'Properties');
  const environment = objectAt(properties, 'Environment');
  const domain = objectAt(objectAt(block, 'Metadata'), 'Aviary')['Domain'];
  return {
    ...block,
    Metadata: {
      ...objectAt(block, 'Metadata'),
      Aviary: {
        ...(domain === undefined ? {} : { Domain: domain }),
        ...{ name, code, release, commit, files, packages, references },
        ...(previous === undefined ? {} : { previous }),
      },
    },
    Properties: {
      ...properties,
      Description: describeWith(descriptionOf(wanted), ` (release ${publish.slice(0, shortRelease)})`),
      AutoPublishCodeSha256: publish,
      Environment: {
        ...environment,
        Variables: { ...objectAt(environment, 'Variables'), ...ownVariables({ release, commit }) },
      },
    },
  };
}

/** A layer's block as it is deployed, with its record. */
export function recordLayer(wanted: TreeLayer, commit: string): JsonObject {
  const { block, name, code, release, files, packages } = wanted;
  return {
    ...block,
    Metadata: { ...objectAt(block, 'Metadata'), Aviary: { name, code, release, commit, files, packages } },
  };
}

/** A deployed block as the tree would have it: without what {@link recordFunction} and `sam` put in. */
export function withoutRecord(block: JsonObject): JsonObject {
  const { AutoPublishCodeSha256: _, ...properties } = objectAt(block, 'Properties');
  const { Description, Environment, ...rest } = properties;
  const description = typeof Description === 'string' ? Description.replace(suffix, '') : Description;
  return {
    ...block,
    Properties: {
      ...rest,
      ...(description === undefined ? {} : { Description: description }),
      ...(Environment === undefined ? {} : withoutOwnVariables(Environment)),
    },
  };
}

function withoutOwnVariables(environment: Json): JsonObject {
  const own = [releaseVariable, commitVariable];
  const variables = Object.entries(objectAt(environment, 'Variables')).filter(([name]) => !own.includes(name));
  return variables.length === 0 ? {} : { Environment: { Variables: Object.fromEntries(variables) } };
}

/** What a function is described as, without a release. */
export function descriptionOf({ block, name }: Pick<Recordable, 'block' | 'name'>): string {
  return stringAt(block['Properties'], 'Description') ?? name;
}

/** A description with something at its end, which is never cut off. */
export function describeWith(description: string, end: string): string {
  return `${description.slice(0, longestDescription - end.length)}${end}`;
}
