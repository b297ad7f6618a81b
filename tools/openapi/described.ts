import type * as z from 'zod';

/** What a function says of its routes, as layers/shared/src/http/api-description.ts has it; a test holds one to the other. */
export interface DescribedApi {
  readonly requestSchemas?: Readonly<Record<string, z.ZodType>>;
  readonly responseSchemas?: Readonly<Record<string, z.ZodType>>;
  readonly routes: Readonly<Record<string, DescribedRoute>>;
}

/** Who may ask each route, by method and resource: `public`, or the scope that a token needs. */
export type Accesses = Readonly<Record<string, { readonly access: string }>>;

export interface DescribedRoute {
  readonly summary: string;
  readonly description?: string;
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly headers?: z.ZodType;
  readonly body?: z.ZodType;
  readonly bodyExample?: unknown;
  readonly responses: Readonly<Record<number, DescribedResponse>>;
  readonly errors: readonly number[];
}

export interface DescribedResponse {
  readonly description: string;
  readonly data?: z.ZodType;
  readonly example?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly error?: { readonly code: string; readonly message: string };
}

/** A row of the table of errors: what a caller gets for it. */
export interface DescribedError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}
