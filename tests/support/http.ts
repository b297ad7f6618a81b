import { everydayToken } from './token.ts';

/** An answer of the API; `Data` is what the test knows of it. */
export interface Answer<Data> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: {
    readonly success: boolean;
    readonly data: Data;
    readonly error?: {
      readonly code: string;
      readonly details?: readonly { readonly field: string; readonly message: string }[];
    };
    readonly message?: string;
  };
}

export interface RequestParts {
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as it is where it is text or bytes, else as JSON. */
  readonly body?: unknown;
  /** Left out: one that allows everything. Null: the request has none. */
  readonly token?: string | null;
}

export type Api = <Data = unknown>(method: string, path: string, parts?: RequestParts) => Promise<Answer<Data>>;

/** Requests to an API below an address; an answer without a body has `{}` for it. */
export function apiAt(base: string): Api {
  return async <Data>(
    method: string,
    path: string,
    { headers, body, token }: RequestParts = {},
  ): Promise<Answer<Data>> => {
    const proof = token === undefined ? await everydayToken() : token;
    const response = await fetch(`${base}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(proof === null ? {} : { authorization: `Bearer ${proof}` }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: isRaw(body) ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed = JSON.parse(text === '' ? '{}' : text) as Answer<Data>['body'];
    return { status: response.status, headers: response.headers, text, body: parsed };
  };
}

function isRaw(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === 'string' || body instanceof Uint8Array;
}
