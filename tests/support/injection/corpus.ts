/** A word that only a forged log line or header would have by itself. */
export const forged = 'FORGED_BY_INPUT';

/** The address of a body that would tell of a request that a function was made to send. */
export type Trap = string;

/** Hostile texts, by what they try. Each is one that some parser between a caller and a reader takes for more than text. */
export const hostileTexts = (trap: Trap): Readonly<Record<string, string>> => ({
  'SQL: always true': "' OR '1'='1' --",
  'NoSQL: an operator': '{"$gt": ""}',
  'NoSQL: an expression of DynamoDB': ':pk) OR attribute_exists(pk',
  'keys: the separator of the table': 'USER#1#ORDER#*',
  'headers: CRLF': `x\r\nSet-Cookie: ${forged}=1\r\n\r\n<b>`,
  'logs: a line of JSON': `x\n{"level":"ERROR","message":"${forged}"}`,
  'logs: terminal': '\u001b[2J\u001b[31mERROR\u0007',
  'prototype: a name': '__proto__',
  'prototype: a constructor': 'constructor',
  'path: up': '../../../../etc/passwd',
  'path: encoded twice': '..%252f..%252fetc%252fpasswd',
  'HTML: a script': '<script>alert(1)</script>',
  'HTML: out of an attribute': '"><img src=x onerror=alert(1)>',
  'templates: evaluated': '{{7*7}}${7*7}<%= 7*7 %>#{7*7}',
  'SSRF: this machine': trap,
  'Unicode: a lone surrogate': 'a\ud800b',
  'Unicode: grows when lower-cased': '\u0130'.repeat(64),
  'a null byte': 'a\u0000b',
  'very long': 'A'.repeat(20_000),
  'a number beyond all': '1e999',
});

/** JSON in place of a text, as it is written: some of it no program would write. */
export const hostileJson: Readonly<Record<string, string>> = {
  'an operator': '{"$ne":null}',
  'a prototype': '{"__proto__":{"isAdmin":true}}',
  'a list': '["a","b"]',
  null: 'null',
  'a number beyond all': '1e999',
  'a negative zero': '-0',
  'a boolean': 'true',
  'what has a method of its own': '{"toString":"x","valueOf":"x","toJSON":"x","then":"x"}',
};

const depth = 50_000;

/** Whole bodies. `valid` is one that the route takes. */
export const hostileBodies = (valid: string): Readonly<Record<string, string>> => ({
  'nothing but null': 'null',
  'a list of it': `[${valid}]`,
  'a text': '"x"',
  'prototype with its fields': `{"__proto__":${valid}}`,
  'constructor with its fields': `{"constructor":{"prototype":${valid}}}`,
  'its fields, and a prototype': valid.replace(/\}$/, ',"__proto__":{"isAdmin":true}}'),
  'lists, very deep': '['.repeat(depth) + ']'.repeat(depth),
  'objects, very deep': '{"a":'.repeat(depth) + '1' + '}'.repeat(depth),
  'never closed': '{"a":'.repeat(100),
  'a thousand fields': `{${Array.from({ length: 1_000 }, (_, at) => `"f${at}":1`).join()}}`,
  'more after its end': `${valid}${valid}`,
  'a byte order mark': `\ufeff${valid}`,
  'XML with an entity': '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
  'too large': `{"name":"${'x'.repeat(300_000)}"}`,
});
