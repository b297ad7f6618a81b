import { Failure } from '../lib/failure.ts';
import type { StackRecord } from '../plan/record.ts';
import type { Connection } from '../stack/connection.ts';
import { readStack } from '../stack/read-stack.ts';
import { functionNameOf } from '../template/function-name.ts';

/** A function that a stage runs. */
export interface StageFunction {
  readonly name: string;
  /** Its name in Lambda. */
  readonly functionName: string;
}

/** The record of what runs in a stage. @throws Failure where nothing does */
export async function readRunning(connection: Connection): Promise<StackRecord> {
  const record = (await readStack(connection))?.record;
  if (record !== undefined) return record;
  throw new Failure(`Nothing is deployed to ${connection.stage.name}.`, 'Deploy it first: npm run deploy.');
}

/** The functions of a record, in the order of the template. */
export function functionsOf({ functions }: StackRecord): StageFunction[] {
  return [...functions.values()].map((it) => ({ name: it.name, functionName: functionNameOf(it) }));
}

/** Gives the name of a function by its name in Lambda; that itself where it is none of these. */
export function namesOf(functions: readonly StageFunction[]): (functionName: string) => string {
  const names = new Map(functions.map(({ functionName, name }) => [functionName, name]));
  return (functionName) => names.get(functionName) ?? functionName;
}
