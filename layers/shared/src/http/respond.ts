import type { PublicError } from '@shared/errors/public-error';
import { corsHeaders } from '@shared/http/cors';
import { correlationHeader } from '@shared/observability/correlation-id';
import type { APIGatewayProxyResult } from 'aws-lambda';

/** What a route answers; `data` goes into the envelope, and a status of 204 has no body at all. */
export interface ApiResponse {
  readonly status: number;
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Set when the answer itself says that something is wrong, as an unhealthy health check does. */
  readonly error?: { readonly code: string; readonly message: string };
}

// An answer is data: whoever opens it as a page gets one that loads, runs and frames nothing.
const security = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'strict-transport-security': 'max-age=31536000; includeSubDomains',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
};

function result(
  status: number,
  envelope: Readonly<Record<string, unknown>> | undefined,
  headers: Readonly<Record<string, string>>,
  correlationId: string,
): APIGatewayProxyResult {
  const common = { ...headers, ...security, ...corsHeaders(), [correlationHeader]: correlationId };
  if (envelope === undefined) return { statusCode: status, headers: common, body: '' };
  const body = JSON.stringify(envelope);
  return { statusCode: status, headers: { 'content-type': 'application/json', ...common }, body };
}

/** Builds the gateway's result of an answer: `{success, data?}`, with `error` and `message` when it carries an error. */
export function respond(response: ApiResponse, correlationId: string): APIGatewayProxyResult {
  const { status, data, headers = {}, error } = response;
  if (status === 204) return result(status, undefined, headers, correlationId);
  const failure = error === undefined ? {} : { error: { code: error.code }, message: error.message };
  return result(status, { success: error === undefined, data, ...failure }, headers, correlationId);
}

/** Builds the gateway's result of a failure: `{success: false, error: {code, details?}, message}`. */
export function respondFailure(failure: PublicError, correlationId: string): APIGatewayProxyResult {
  const { status, code, message, details, headers } = failure;
  const error = details.length === 0 ? { code } : { code, details };
  return result(status, { success: false, error, message }, headers, correlationId);
}
