import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** An answer, as it came. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

export interface RawParts {
  readonly method?: string;
  /** Also those that `fetch` does not let anybody set, such as `host` and `origin`. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** Sends a request with any headers, and a path as it is, dots included. */
export function rawRequest(
  origin: string,
  path: string,
  { method = 'GET', headers, body }: RawParts = {},
): Promise<RawAnswer> {
  const { hostname, port } = new URL(origin);
  return new Promise<RawAnswer>((resolve, reject) => {
    request({ hostname, port, path, method, headers }, (answer) => {
      text(answer).then((all) => {
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: all });
      }, reject);
    })
      .on('error', reject)
      .end(body);
  });
}
