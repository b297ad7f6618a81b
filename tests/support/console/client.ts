import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import type { Console } from '../../../tools/console/console-server.ts';

/** Asks a console as its page does. */
export class ConsoleClient {
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;

  constructor({ url }: Pick<Console, 'url'>) {
    const [origin = '', token = ''] = url.split('/#token=');
    this.#origin = origin;
    this.#headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  }

  /** `T` is what the test knows of the answer; a refusal is an error with its text. */
  async get<T>(path: string): Promise<T> {
    return await this.#ask<T>(path, {});
  }

  async post<T>(path: string, body: unknown = {}): Promise<T> {
    return await this.#ask<T>(path, { method: 'POST', body: JSON.stringify(body) });
  }

  /** What comes, as it comes, from the moment on at which it is there; leaving the loop closes the request. */
  async stream<T>(path: string, body?: unknown): Promise<AsyncGenerator<T>> {
    const asked = body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${this.#origin}/console/${path}`, { headers: this.#headers, ...asked });
    if (response.body === null) throw new Error(`${path} streams nothing.`);
    return linesOf<T>(Readable.fromWeb(response.body));
  }

  async #ask<T>(path: string, asked: RequestInit): Promise<T> {
    const response = await fetch(`${this.#origin}/console/${path}`, { headers: this.#headers, ...asked });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text) as T;
  }
}

async function* linesOf<T>(source: Readable): AsyncGenerator<T> {
  try {
    for await (const line of createInterface({ input: source })) yield JSON.parse(line) as T;
  } finally {
    source.destroy();
  }
}
