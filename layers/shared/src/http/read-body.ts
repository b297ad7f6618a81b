import { PayloadTooLargeError, UnsupportedMediaTypeError, ValidationError } from '@shared/errors/app-error';
import { isJson } from '@shared/http/media-type';

/** The longest body that is read, in bytes; the gateway itself lets 10 MB through. */
export const bodyLimitBytes = 256 * 1024;

/** The part of an API Gateway event that holds the body. */
export interface RawBody {
  readonly body: string | null;
  readonly isBase64Encoded: boolean;
}

const refused = (message: string, cause?: unknown): ValidationError =>
  new ValidationError([{ field: '', message }], cause === undefined ? undefined : { cause });

function textOf({ body, isBase64Encoded }: RawBody): string {
  if (body === null || body === '') throw refused('A JSON body is required');
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > bodyLimitBytes) throw new PayloadTooLargeError(bodyLimitBytes);
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
 * @throws {PayloadTooLargeError} above {@link bodyLimitBytes}
 * @throws {ValidationError} for a body that is empty, not UTF-8 or not JSON
 */
export function readBody(raw: RawBody, contentType: string | undefined): unknown {
  if (!isJson(contentType)) throw new UnsupportedMediaTypeError('The body is not JSON');
  const text = textOf(raw);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw refused('The body is not valid JSON', cause);
  }
}
