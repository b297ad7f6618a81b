import type { Caller } from '@shared/auth/caller';
import { ValidationError } from '@shared/errors/app-error';
import { bodyBytes, readBody } from '@shared/http/read-body';
import type { APIGatewayProxyEvent } from 'aws-lambda';

/** A request as a route sees it; everything in it comes from outside and needs a schema. */
export interface ApiRequest {
  /** The path as the caller wrote it, with the stage or base path in front, without a slash at the end. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string>>;
  readonly correlationId: string;
  /** A header, by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /**
   * The body as it came, for what is signed over its bytes; up to `bodyLimitBytes` unless another limit is given.
   * @throws {PayloadTooLargeError} above the limit
   */
  readonly bytes: (limitBytes?: number) => Buffer;
  /**
   * Reads the body as JSON, up to the same limit.
   * @throws {ValidationError | PayloadTooLargeError | UnsupportedMediaTypeError} see `readBody`
   */
  readonly json: (limitBytes?: number) => unknown;
}

/** A request of a protected route: who calls is proved, and has the route's scope. */
export interface CallerRequest extends ApiRequest {
  readonly caller: Caller;
}

function defined(values: Readonly<Record<string, string | undefined>> | null | undefined): Record<string, string> {
  const pairs = Object.entries(values ?? {});
  return Object.fromEntries(pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]])));
}

function readQuery(event: APIGatewayProxyEvent): Record<string, string> {
  // The gateway keeps the last of several values in silence; which one was meant is the caller's to say.
  const repeated = Object.entries(event.multiValueQueryStringParameters ?? {})
    .filter(([, values]) => (values?.length ?? 0) > 1)
    .map(([field]) => ({ field, message: 'must be given once' }));
  if (repeated.length > 0) throw new ValidationError(repeated);
  return defined(event.queryStringParameters);
}

/** The part of an event that has its headers; the console's test sends none at all. */
interface WithHeaders {
  readonly headers: Readonly<Record<string, string | undefined>> | null;
}

/** Finds a header of the event, whatever the case of its name; `name` is lower case. */
export function header(event: WithHeaders, name: string): string | undefined {
  return Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === name)?.[1];
}

/**
 * Makes the request of a REST API event.
 * @throws {ValidationError} when a query parameter is repeated
 */
export function apiRequest(event: APIGatewayProxyEvent, correlationId: string): ApiRequest {
  return {
    path: event.requestContext.path.replace(/\/$/, ''),
    params: defined(event.pathParameters),
    query: readQuery(event),
    correlationId,
    header: (name) => header(event, name),
    bytes: (limitBytes) => bodyBytes(event, limitBytes),
    json: (limitBytes) => readBody(event, header(event, 'content-type'), limitBytes),
  };
}
