type Fields = Record<string, unknown>;

/**
 * The body of `gh api -F a=1 -F 'b[c]=x' -F 'd[][e]=2' -F 'f[]'`: numbers, booleans and null are what they look like, a key
 * that the last item of a list has already begins the next one, and `f[]` is an empty list.
 */
export function fieldsOf(given: readonly string[]): Fields {
  const fields: Fields = {};
  for (const field of given) {
    const [, name = '', rest = '', value] = /^([^=[]+)((?:\[[^\]]*\])*)(?:=(.*))?$/.exec(field) ?? [];
    put(fields, [name, ...[...rest.matchAll(/\[([^\]]*)\]/g)].map(([, key = '']) => key)], value);
  }
  return fields;
}

function put(target: Fields, [key = '', next, ...others]: readonly string[], value: string | undefined): void {
  if (next === undefined) target[key] = plain(value ?? '');
  else if (next !== '') put((target[key] ??= {}) as Fields, [next, ...others], value);
  else {
    const list = (target[key] ??= []) as unknown[];
    const [inner] = others;
    if (inner === undefined) {
      if (value !== undefined) list.push(plain(value));
      return;
    }
    const last = list.at(-1) as Fields | undefined;
    if (last === undefined || inner in last) list.push({});
    put(list.at(-1) as Fields, others, value);
  }
}

function plain(text: string): unknown {
  return /^(true|false|null|\d+)$/.test(text) ? JSON.parse(text) : text;
}
