import { PayloadTooLargeError, UnsupportedMediaTypeError, ValidationError } from '@shared/errors/app-error';
import { isJson } from '@shared/http/media-type';

/** The longest body that is read where a route asks for no other limit, in bytes; the gateway lets 10 MB through. */
export const bodyLimitBytes = 256 * 1024;

/** The part of an API Gateway event that holds the body. */
export interface RawBody {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

const refused = (message: string, cause?: unknown): ValidationError =>
  new ValidationError([{ field: '', message }], cause === undefined ? undefined : { cause });

/**
 * The bytes of the body, none of them where there is no body.
 * @throws {PayloadTooLargeError} above `limitBytes`
 */
export function bodyBytes({ body, isBase64Encoded }: RawBody, limitBytes = bodyLimitBytes): Buffer {
  const bytes = Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > limitBytes) throw new PayloadTooLargeError(limitBytes);
  return bytes;
}

function textOf(raw: RawBody, limitBytes: number | undefined): string {
  const { body, isBase64Encoded } = raw;
  if (body === null || body === '') throw refused('A JSON body is required');
  const bytes = bodyBytes(raw, limitBytes);
  if (!isBase64Encoded) return body;
  try {
    // Not Buffer#toString: that one puts U+FFFD where the bytes are wrong.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refused('The body is not valid UTF-8', cause);
  }
}

/**
 * Reads the body as JSON of any shape; a schema has to take the result before it is used.
 * @throws {UnsupportedMediaTypeError} for another content type
 * @throws {PayloadTooLargeError} above `limitBytes`, which is {@link bodyLimitBytes} when it is left out
 * @throws {ValidationError} for a body that is empty, not UTF-8 or not JSON
 */
export function readBody(raw: RawBody, contentType: string | undefined, limitBytes?: number): unknown {
  if (!isJson(contentType)) throw new UnsupportedMediaTypeError('The body is not JSON');
  const text = textOf(raw, limitBytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refused('The body is not valid JSON', cause);
  }
}
