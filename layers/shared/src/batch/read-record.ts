import { PoisonRecordError } from '@shared/batch/poison-record';
import { ValidationError } from '@shared/errors/app-error';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';

/** What records carry, and the newest `schemaVersion` that the schema knows. */
export interface Contract<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly version: number;
}

const versioned = z.object({ schemaVersion: z.int() });

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Without the cause: the message of JSON.parse repeats the text.
    throw new PoisonRecordError('NOT_JSON', 'The record is no JSON');
  }
}

/**
 * Reads what a schema takes.
 * @throws {PoisonRecordError} for anything else; its detail names the fields
 */
export function readInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  try {
    return parse(schema, input);
  } catch (cause) {
    if (!(cause instanceof ValidationError)) throw cause;
    throw new PoisonRecordError('NOT_AN_EVENT', cause.details.map(({ field }) => field).join(', '), { cause });
  }
}

/**
 * Reads an event of a contract.
 * @throws {PoisonRecordError} when it is of a newer version, or not of the schema
 */
export function readEvent<Schema extends z.ZodType>(
  { schema, version }: Contract<Schema>,
  input: unknown,
): z.output<Schema> {
  const declared = versioned.safeParse(input);
  if (declared.success && declared.data.schemaVersion > version) {
    const { schemaVersion } = declared.data;
    throw new PoisonRecordError('NEWER_VERSION', `schemaVersion ${schemaVersion} is newer than ${version}`);
  }
  return readInput(schema, input);
}

/**
 * Reads the event that a record carries as JSON.
 * @throws {PoisonRecordError} when the text is no JSON, of a newer version, or not of the schema
 */
export const readRecord = <Schema extends z.ZodType>(contract: Contract<Schema>, text: string): z.output<Schema> =>
  readEvent(contract, readJson(text));
