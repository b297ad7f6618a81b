import { findNamed } from '../config/find-named.ts';
import type { FlagRow } from '../flags/flag-document.ts';
import { readStageFlags, switchFlag } from '../flags/stage-flags.ts';
import type { Connection } from '../stack/connection.ts';
import type { Flag } from './api.ts';

const flagView = ({ name, on, description }: FlagRow): Flag => ({ name, on, description });

export async function listFlags(connection: Connection): Promise<Flag[]> {
  return (await readStageFlags(connection)).rows.map(flagView);
}

/** Turns a flag on or off for everybody, at once. @throws Failure for one that is not there */
export async function setFlag(connection: Connection, name: string, on: boolean): Promise<Flag> {
  const flags = await readStageFlags(connection);
  const flag = findNamed('flag', name, flags.rows);
  if (flag.on !== on) await switchFlag(flags, name, on, true);
  return flagView({ ...flag, on });
}
