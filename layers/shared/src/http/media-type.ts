// Other charsets never reach us intact: the gateway hands the body over as UTF-8 text.
const json = /^application\/(?:[\w.-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;

/** Says whether a content-type header announces JSON in UTF-8; a missing header is taken for it. */
export function isJson(contentType: string | undefined): boolean {
  return contentType === undefined || json.test(contentType.trim());
}
