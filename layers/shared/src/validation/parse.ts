import { ValidationError, type FieldError } from '@shared/errors/app-error';
import type * as z from 'zod';

/** How many refused fields are reported, and how much of a caller's own field name is repeated. */
const limits = { details: 20, fieldLength: 100 };

const pathOf = (path: readonly PropertyKey[]): string => path.map(String).join('.').slice(0, limits.fieldLength);

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ field: pathOf([...issue.path, key]), message: 'is not a known field' }));
  }
  return [{ field: pathOf(issue.path), message: issue.message }];
}

/**
 * Takes `input` through the schema; nothing from outside is used before that.
 * @throws {ValidationError} naming the fields that were refused, at most 20
 */
export function parse<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new ValidationError(result.error.issues.flatMap(fieldErrors).slice(0, limits.details));
}
