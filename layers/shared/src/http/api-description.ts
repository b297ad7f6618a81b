import type * as z from 'zod';

/** One answer of a route: what stands in `data` of the envelope, and one that was really given. */
export interface ResponseDescription {
  readonly description: string;
  /** Left out where the answer has no body. */
  readonly data?: z.ZodType;
  readonly example?: unknown;
  /** Header to what it says. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Set where the answer carries `data` and says all the same that something is wrong. */
  readonly error?: { readonly code: string; readonly message: string };
}

/** What the OpenAPI document says of a route; the schemas are those that the route itself parses with. */
export interface RouteDescription {
  readonly summary: string;
  readonly description?: string;
  /** Objects, with a key for each parameter. */
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly body?: z.ZodType;
  readonly bodyExample?: unknown;
  readonly responses: Readonly<Record<number, ResponseDescription>>;
  /** The statuses of the error table that the route can answer with, beside 500, which any can. */
  readonly errors: readonly number[];
}

/**
 * A function's part of the OpenAPI document: its routes, by method and resource as in its table of routes, and the
 * schemas that have a name there. It stands in `functions/<name>/openapi.ts`, as `api`, and is in no bundle.
 */
export interface ApiDescription {
  readonly requestSchemas?: Readonly<Record<string, z.ZodType>>;
  readonly responseSchemas?: Readonly<Record<string, z.ZodType>>;
  readonly routes: Readonly<Record<string, RouteDescription>>;
}
