import {
  AppError,
  ConflictError,
  ForbiddenError,
  MethodNotAllowedError,
  NotFoundError,
  PayloadTooLargeError,
  TooManyRequestsError,
  UnauthorizedError,
  UnavailableError,
  UnsupportedMediaTypeError,
  ValidationError,
  type FieldError,
} from '@shared/errors/app-error';

/** What a caller may learn of a failure: an HTTP status, a fixed code, a fixed text and the fields at fault. */
export interface PublicError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  readonly details: readonly FieldError[];
  readonly headers: Readonly<Record<string, string>>;
}

type Row = readonly [new (...args: never[]) => AppError, number, string, string];

/** The one table from error class to status, code and text; a class that is not here is answered as a 500. */
const table: readonly Row[] = [
  [ValidationError, 400, 'VALIDATION_FAILED', 'The request is not valid.'],
  [UnauthorizedError, 401, 'UNAUTHORIZED', 'Authentication is required.'],
  [ForbiddenError, 403, 'FORBIDDEN', 'This is not allowed.'],
  [NotFoundError, 404, 'NOT_FOUND', 'Not found.'],
  [MethodNotAllowedError, 405, 'METHOD_NOT_ALLOWED', 'The method is not allowed here.'],
  [ConflictError, 409, 'CONFLICT', 'The request conflicts with the current state.'],
  [PayloadTooLargeError, 413, 'PAYLOAD_TOO_LARGE', 'The body is too large.'],
  [UnsupportedMediaTypeError, 415, 'UNSUPPORTED_MEDIA_TYPE', 'The body must be application/json in UTF-8.'],
  [TooManyRequestsError, 429, 'TOO_MANY_REQUESTS', 'Too many requests; try again later.'],
  [UnavailableError, 503, 'UNAVAILABLE', 'Temporarily unavailable; try again later.'],
];

/** A failure that was not foreseen. */
const internal = { status: 500, code: 'INTERNAL_ERROR', message: 'Something went wrong.' };

/** Every status that an error is answered with, its code and its text; for the API's documentation. */
export const publicErrors = (): Pick<PublicError, 'status' | 'code' | 'message'>[] =>
  [...table.map(([, status, code, message]) => ({ status, code, message })), internal].sort(
    (a, b) => a.status - b.status,
  );

function headersOf(error: AppError): Record<string, string> {
  if (error instanceof MethodNotAllowedError) return { allow: error.allow.join(', ') };
  if (error instanceof UnauthorizedError) return { 'www-authenticate': 'Bearer' };
  if (error instanceof TooManyRequestsError || error instanceof UnavailableError) {
    return { 'retry-after': String(error.retryAfterSeconds) };
  }
  return {};
}

/** Says what a caller may learn of `error`: of a failure that was not foreseen nothing but that it happened. */
export function publicError(error: unknown): PublicError {
  const row = table.find(([type]) => error instanceof type);
  if (row === undefined || !(error instanceof AppError)) {
    return { ...internal, details: [], headers: {} };
  }
  const [, status, code, message] = row;
  return { status, code, message, details: error.details, headers: headersOf(error) };
}
