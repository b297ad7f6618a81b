import { isList, isObject, parseJson, stringAt, type Json } from '../lib/json.ts';
import type { SigningKey } from './sign-token.ts';

/**
 * The key that signs, of a secret of signing keys: the first one of `{keys: [{kid, key}, …]}`, or the only one of `{key}`, as
 * CloudFormation generates it (layers/shared/src/auth/signing-keys.ts).
 * @returns undefined for a text of another form
 */
export function signingKeyIn(secret: string): SigningKey | undefined {
  const value = parse(secret);
  if (!isObject(value)) return undefined;
  const { keys } = value;
  const first = isList(keys) ? keys[0] : value;
  const key = stringAt(first, 'key');
  const kid = isList(keys) ? stringAt(first, 'kid') : 'first';
  return key === undefined || kid === undefined ? undefined : { kid, key };
}

function parse(text: string): Json {
  try {
    return parseJson(text);
  } catch {
    // What is in a secret is never repeated, and the parser's message would.
    return null;
  }
}
