import type { FunctionConfiguration, LambdaClient } from '@aws-sdk/client-lambda';
import { ownVariables } from '../plan/recorded-block.ts';
import { packagePlace, type RecordedFunction } from '../plan/record.ts';
import { liveAlias } from '../stack/read-functions.ts';
import { describeSwap, readSwap } from './swap-mark.ts';
import { functionNameOf } from '../template/function-name.ts';

/** A function as it is to run. */
export interface FunctionSwap {
  /** In Lambda. */
  readonly functionName: string;
  /** As the template has it, without a release. */
  readonly description: string;
  readonly release: string;
  readonly commit: string;
  /** The package; undefined where it is the one that `$LATEST` has. */
  readonly zip: Uint8Array | undefined;
  /** ARNs, in the order of the template. */
  readonly layers: readonly string[];
}

/**
 * Publishes a version, and puts it behind `live`. AWS would have to be waited for between these calls; the local cloud is
 * ready when it has answered. It leaves `$LATEST` as the new version is: see {@link settleFunction}.
 * @param running what `live` has now, as {@link readRunning} answers
 * @returns its number
 */
export async function swapFunction(
  client: LambdaClient,
  swap: FunctionSwap,
  running: FunctionConfiguration,
): Promise<string> {
  const { functionName: FunctionName, description, release, commit, zip, layers } = swap;
  const { PublishVersionCommand, UpdateAliasCommand, UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand } =
    await import('@aws-sdk/client-lambda');
  const over = readSwap(running.Description)?.over ?? running.Version ?? '';
  const Variables = { ...running.Environment?.Variables, ...ownVariables({ release, commit }) };
  const configuration = {
    FunctionName,
    Description: describeSwap(description, { release, over }),
    Environment: { Variables },
    Layers: [...layers],
  };
  await client.send(new UpdateFunctionConfigurationCommand(configuration));
  const { Version = '' } = zip
    ? await client.send(new UpdateFunctionCodeCommand({ FunctionName, ZipFile: zip, Publish: true }))
    : await client.send(new PublishVersionCommand({ FunctionName }));
  await client.send(new UpdateAliasCommand({ FunctionName, Name: liveAlias, FunctionVersion: Version }));
  return Version;
}

/** What the version behind `live` is like. */
export async function readRunning(client: LambdaClient, FunctionName: string): Promise<FunctionConfiguration> {
  const { GetFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  return await client.send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier: liveAlias }));
}

/**
 * Makes of a function what the stack says of it, as far as swaps have left something else: `$LATEST`, from which
 * CloudFormation publishes and of which it looks at nothing; the alias, where `takesBack` says so; and of swapped
 * versions those that have no requests any more, since each keeps a process.
 * @returns whether the alias was taken back
 */
export async function settleFunction(
  client: LambdaClient,
  recorded: RecordedFunction,
  takesBack: boolean,
): Promise<boolean> {
  const functionName = functionNameOf(recorded);
  const { DeleteFunctionCommand, GetAliasCommand, UpdateAliasCommand } = await import('@aws-sdk/client-lambda');
  const versions = await readVersions(client, functionName);
  const swapped = versions.filter(({ Description }) => readSwap(Description) !== undefined);
  if (swapped.length === 0) return false;
  await restoreLatest(client, functionName, recorded, versions);
  const alias = await client.send(new GetAliasCommand({ FunctionName: functionName, Name: liveAlias }));
  const over = readSwap(swapped.find(({ Version }) => Version === alias.FunctionVersion)?.Description)?.over;
  const goesBack = takesBack && over !== undefined;
  if (goesBack) {
    const back = { FunctionName: functionName, Name: liveAlias, FunctionVersion: over };
    await client.send(new UpdateAliasCommand(back));
  }
  // The last two: one that was left this moment may still be answering.
  const numbers = swapped.map(({ Version = '' }) => Version).filter((version) => version !== latest);
  for (const Qualifier of numbers.slice(0, -2)) {
    await client.send(new DeleteFunctionCommand({ FunctionName: functionName, Qualifier }));
  }
  return goesBack;
}

const latest = '$LATEST';

/** Every version in the order of their numbers, with `$LATEST` as the first. */
async function readVersions(client: LambdaClient, FunctionName: string): Promise<FunctionConfiguration[]> {
  const { paginateListVersionsByFunction } = await import('@aws-sdk/client-lambda');
  const found: FunctionConfiguration[] = [];
  for await (const { Versions = [] } of paginateListVersionsByFunction({ client }, { FunctionName })) {
    found.push(...Versions);
  }
  return found;
}

async function restoreLatest(
  client: LambdaClient,
  FunctionName: string,
  recorded: RecordedFunction,
  versions: readonly FunctionConfiguration[],
): Promise<void> {
  const over = readSwap(versions.find(({ Version }) => Version === latest)?.Description)?.over;
  const place = packagePlace(recorded);
  if (over === undefined || place === undefined) return;
  const { UpdateFunctionCodeCommand, UpdateFunctionConfigurationCommand } = await import('@aws-sdk/client-lambda');
  const code = { FunctionName, S3Bucket: place.bucket, S3Key: place.key };
  await client.send(new UpdateFunctionCodeCommand(code));
  const { Description = '', Environment, Layers = [] } = versions.find(({ Version }) => Version === over) ?? {};
  const configuration = {
    FunctionName,
    Description,
    Environment: { Variables: Environment?.Variables ?? {} },
    Layers: Layers.flatMap(({ Arn }) => Arn ?? []),
  };
  // Last: until then `$LATEST` says that it is swapped, and what was broken off is done again.
  await client.send(new UpdateFunctionConfigurationCommand(configuration));
}
