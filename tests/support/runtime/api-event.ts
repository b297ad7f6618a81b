import { callerContext, type Caller } from '@shared/auth/caller';
import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import sample from '../../../functions/health/events/get-health.json';
import { anAdmin } from './a-caller.ts';

/** What a test says of a request; the body is sent as JSON unless it is text already. */
export interface RequestSpec {
  readonly method?: string;
  readonly resource?: string;
  readonly params?: Record<string, string>;
  readonly query?: Record<string, string>;
  readonly headers?: Record<string, string>;
  readonly body?: unknown;
  readonly base64?: boolean;
  /** Left out: one with every scope, `admin` too. Null: no authorizer has said who calls. */
  readonly caller?: Caller | null;
}

const multi = (values: Record<string, string>): Record<string, string[]> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, [value]]));

/** A REST API event as the gateway sends it: path and parameters agree, and there is no body unless one is given. */
export function apiEvent(spec: RequestSpec = {}): APIGatewayProxyEvent {
  const { method = 'GET', resource = '/health', params, query, body, caller = anAdmin() } = spec;
  const path = resource.replace(/\{(\w+)\}/g, (_match, name: string) => params?.[name] ?? '');
  const headers = { 'Content-Type': 'application/json', ...spec.headers };
  return {
    ...sample,
    resource,
    path,
    httpMethod: method,
    headers,
    multiValueHeaders: multi(headers),
    queryStringParameters: query ?? null,
    multiValueQueryStringParameters: query === undefined ? null : multi(query),
    pathParameters: params ?? null,
    requestContext: {
      ...sample.requestContext,
      authorizer: caller === null ? null : callerContext(caller),
      httpMethod: method,
      path: `/local${path}`,
      resourcePath: resource,
      requestId: 'gateway-request-1',
    },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    isBase64Encoded: spec.base64 ?? false,
  };
}

/** The envelope of an answer. */
export interface Envelope<Data> {
  readonly success: boolean;
  readonly data?: Data;
  readonly error?: { readonly code: string; readonly details?: { readonly field: string; readonly message: string }[] };
  readonly message?: string;
}

/** The fields that an answer says are refused, in their order. */
export const fieldsOf = (result: APIGatewayProxyResult): string[] =>
  (envelopeOf(result).error?.details ?? []).map(({ field }) => field);

/** Reads the envelope of an answer; `Data` is what the test knows of it. */
export function envelopeOf<Data = unknown>(result: APIGatewayProxyResult): Envelope<Data> {
  return JSON.parse(result.body) as Envelope<Data>;
}
