import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';
import type { RecordedFunction, StackRecord } from '../plan/record.ts';

/** The function of a name. @throws Failure with the nearest name where none such runs */
export function runningFunction({ functions, stage }: StackRecord, name: string): RecordedFunction {
  const deployed = [...functions.values()];
  const found = deployed.find((it) => it.name === name);
  if (found) return found;
  const names = deployed.map((it) => it.name);
  throw new Failure(
    `No function ${name} runs in ${stage}.`,
    names.length === 0 ? 'Nothing is deployed there.' : `Did you mean ${closest(name, names)}?`,
  );
}
