import { readDeclared } from '../config/read-declared.ts';
import { Failure } from '../lib/failure.ts';
import type { JsonObject } from '../lib/json.ts';
import { describeDeployment } from '../report/describe-flags.ts';
import type { Connection } from '../stack/connection.ts';
import { readFlagRows, withFlag, type FlagRow } from './flag-document.ts';
import { openFlags, type FlagDeployment, type FlagStore } from './flag-store.ts';

/** The flags of a stage as they are, and what it takes to change them. */
export interface StageFlags {
  readonly rows: readonly FlagRow[];
  readonly last: FlagDeployment | undefined;
  readonly store: FlagStore;
  readonly declared: JsonObject;
}

/** Reads the flags of a stage. @throws Failure where they are not deployed */
export async function readStageFlags(connection: Connection): Promise<StageFlags> {
  const { document: declared, ...names } = readDeclared(connection.root, connection.stage).flags;
  const store = await openFlags(connection, { document: declared, ...names });
  const [document, last] = await Promise.all([store.document(), store.lastDeployment()]);
  return { rows: readFlagRows(document, declared), last, store, declared };
}

/**
 * Makes a version of the flags with one of them on or off, and begins its deployment.
 * @param atOnce everybody now, and what is on its way is stopped
 * @throws Failure while another deployment is on its way, unless it is to be stopped
 */
export async function switchFlag(
  { store, declared, last }: StageFlags,
  name: string,
  on: boolean,
  atOnce: boolean,
): Promise<FlagDeployment> {
  await makeRoom(store, last, atOnce);
  // What was stopped is back to what was there before.
  return await store.deploy(withFlag(await store.document(), declared, name, on), atOnce);
}

/** AppConfig deploys one version at a time. */
async function makeRoom(store: FlagStore, last: FlagDeployment | undefined, atOnce: boolean): Promise<void> {
  if (last === undefined || !['DEPLOYING', 'BAKING', 'VALIDATING'].includes(last.state)) return;
  if (!atOnce) {
    throw new Failure(
      describeDeployment(last).trim(),
      'Wait until it is over (npm run aviary -- flag list), or stop it with --at-once.',
    );
  }
  await store.stop(last);
}
