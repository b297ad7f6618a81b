import { ValidationError } from '@shared/errors/app-error';
import * as z from 'zod';
import type { Position } from './users-repository.ts';

const position = z.strictObject({
  createdAt: z.string().refine((value) => new Date(value).toISOString() === value),
  id: z.uuid(),
});

/**
 * Makes the opaque token of a position. It is not signed: it names a place in a list that its holder may read from
 * any place, and nothing of the table's keys.
 */
export function encodeCursor({ createdAt, id }: Position): string {
  return Buffer.from(JSON.stringify({ createdAt, id })).toString('base64url');
}

/**
 * Reads a token back.
 * @throws {ValidationError} on the field `cursor` when it is no token of this list
 */
export function decodeCursor(cursor: string): Position {
  try {
    return position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (cause) {
    throw new ValidationError([{ field: 'cursor', message: 'is not a page token of this list' }], { cause });
  }
}
