import { PoisonRecordError } from '@shared/batch/poison-record';
import { ValidationError } from '@shared/errors/app-error';
import { parse } from '@shared/validation/parse';
import * as z from 'zod';

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
 * Reads the event that a record carries.
 * @param version the newest `schemaVersion` that the schema knows
 * @throws {PoisonRecordError} when the text is no JSON, of a newer version, or not of the schema (the fields are named)
 */
export function readRecord<Schema extends z.ZodType>(schema: Schema, version: number, text: string): z.output<Schema> {
  const input = readJson(text);
  const declared = versioned.safeParse(input);
  if (declared.success && declared.data.schemaVersion > version) {
    const { schemaVersion } = declared.data;
    throw new PoisonRecordError('NEWER_VERSION', `schemaVersion ${schemaVersion} is newer than ${version}`);
  }
  try {
    return parse(schema, input);
  } catch (cause) {
    if (!(cause instanceof ValidationError)) throw cause;
    throw new PoisonRecordError('NOT_AN_EVENT', cause.details.map(({ field }) => field).join(', '), { cause });
  }
}
