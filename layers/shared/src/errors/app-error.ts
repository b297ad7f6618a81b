/** One field that was refused, and why; `field` is a dotted path, empty for the whole input. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** Base of every failure that the product foresees; anything else is a fault of ours. */
export abstract class AppError extends Error {
  readonly details: readonly FieldError[];

  constructor(message: string, details: readonly FieldError[] = [], options?: ErrorOptions) {
    super(message, options);
    this.details = details;
  }
}

/** The input breaks the schema; the message lists the fields, so that a direct caller reads them too. */
export class ValidationError extends AppError {
  // Set as a literal: a minified bundle has no class names, and Lambda reports `name` as the errorType.
  override readonly name = 'ValidationError';

  constructor(details: readonly FieldError[], options?: ErrorOptions) {
    super(
      details.map(({ field, message }) => (field === '' ? message : `${field}: ${message}`)).join('; '),
      details,
      options,
    );
  }
}

/** The caller is not known. */
export class UnauthorizedError extends AppError {
  override readonly name = 'UnauthorizedError';
}

/** The caller is known and may not do this. */
export class ForbiddenError extends AppError {
  override readonly name = 'ForbiddenError';
}

/** Nothing is there under that name. */
export class NotFoundError extends AppError {
  override readonly name = 'NotFoundError';
}

/** The path exists and does not take this method; `allow` lists those that it takes. */
export class MethodNotAllowedError extends AppError {
  override readonly name = 'MethodNotAllowedError';
  readonly allow: readonly string[];

  constructor(allow: readonly string[]) {
    super(`Allowed: ${allow.join(', ')}`);
    this.allow = allow;
  }
}

/** The request contradicts what is stored, such as an e-mail address that is taken. */
export class ConflictError extends AppError {
  override readonly name = 'ConflictError';
}

/** The body is longer than `limitBytes`. */
export class PayloadTooLargeError extends AppError {
  override readonly name = 'PayloadTooLargeError';
  readonly limitBytes: number;

  constructor(limitBytes: number) {
    super(`The body is longer than ${limitBytes} bytes`);
    this.limitBytes = limitBytes;
  }
}

/** The body is of a type that is not read here. */
export class UnsupportedMediaTypeError extends AppError {
  override readonly name = 'UnsupportedMediaTypeError';
}

/** A failure that passes: the caller may try again after `retryAfterSeconds`. */
abstract class RetryLaterError extends AppError {
  readonly retryAfterSeconds: number;

  constructor(message: string, retryAfterSeconds: number, options?: ErrorOptions) {
    super(message, [], options);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The caller asks more often than it may. */
export class TooManyRequestsError extends RetryLaterError {
  override readonly name = 'TooManyRequestsError';
}

/** Something behind us is overloaded or in contention. */
export class UnavailableError extends RetryLaterError {
  override readonly name = 'UnavailableError';
}
