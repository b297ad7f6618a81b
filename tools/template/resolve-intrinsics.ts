import { isList, isObject, type Json, type JsonObject } from '../lib/json.ts';

/** What is known before a deploy. A name that is in none of the maps stays symbolic in the result. */
export interface Known {
  /** Values of parameters; `AWS::Region` and the like may stand here too. */
  readonly parameters: JsonObject;
  readonly mappings: JsonObject;
  readonly conditions: ReadonlyMap<string, boolean>;
}

/** Stands for `AWS::NoValue`: the property or list item goes. */
const nothing = Symbol('AWS::NoValue');
type Resolved = Json | typeof nothing;

/**
 * The value with every intrinsic function replaced whose arguments are known; the others stay, with their arguments
 * resolved as far as they can be. (Rules: AWS CloudFormation template reference, "Intrinsic functions".)
 */
export function resolveIntrinsics(value: Json, known: Known): Json {
  const resolved = resolve(value, known);
  return resolved === nothing ? null : resolved;
}

/** Evaluates `Conditions`; one that depends on something unknown is left out of the result. */
export function resolveConditions(conditions: JsonObject, known: Omit<Known, 'conditions'>): Map<string, boolean> {
  const results = new Map<string, boolean>();
  const names = Object.keys(conditions);
  // A condition may use one that stands below it: as many rounds as there are conditions settle every chain.
  const evaluate = (name: string): void => {
    const result = resolveIntrinsics(conditions[name] ?? null, { ...known, conditions: results });
    if (typeof result === 'boolean') results.set(name, result);
  };
  names.forEach(() => {
    names.forEach(evaluate);
  });
  return results;
}

function resolve(value: Json, known: Known): Resolved {
  if (isList(value)) return value.map((item) => resolve(item, known)).filter((item) => item !== nothing);
  if (!isObject(value)) return value;
  const [[name, argument] = ['', null], ...others] = Object.entries(value);
  const intrinsic = others.length === 0 && Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
  if (intrinsic) return intrinsic(argument, known) ?? { [name]: resolveIntrinsics(argument, known) };
  const entries: [string, Json][] = [];
  for (const [key, member] of Object.entries(value)) {
    const resolved = resolve(member, known);
    if (resolved !== nothing) entries.push([key, resolved]);
  }
  return Object.fromEntries(entries);
}

/** Each answers undefined where its arguments are not known. */
const intrinsics: Readonly<Record<string, (argument: Json, known: Known) => Resolved | undefined>> = {
  Ref: (name, { parameters }) => {
    if (name === 'AWS::NoValue') return nothing;
    return typeof name === 'string' && Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  },
  Condition: (name, { conditions }) => (typeof name === 'string' ? conditions.get(name) : undefined),
  'Fn::FindInMap': (argument, known) => {
    const path = resolveIntrinsics(argument, known);
    if (!isList(path)) return undefined;
    return path.slice(0, 3).reduce<Json | undefined>((map, key) => {
      return isObject(map) && (typeof key === 'string' || typeof key === 'number') ? map[String(key)] : undefined;
    }, known.mappings);
  },
  'Fn::If': (argument, known) => {
    const [name, ...branches] = isList(argument) ? argument : [];
    if (typeof name !== 'string') return undefined;
    const condition = known.conditions.get(name);
    if (condition !== undefined) return resolve(branches[condition ? 0 : 1] ?? null, known);
    // While it is open which branch holds, NoValue is a branch like another.
    const open = branches.map((branch) => resolve(branch, known));
    return { 'Fn::If': [name, ...open.map((branch) => (branch === nothing ? { Ref: 'AWS::NoValue' } : branch))] };
  },
  'Fn::Sub': (argument, known) => substitute(argument, known),
  'Fn::Join': (argument, known) => {
    const resolved = resolveIntrinsics(argument, known);
    if (!isList(resolved)) return undefined;
    const [separator, parts] = resolved;
    return typeof separator === 'string' && isList(parts) && parts.every(isText) ? parts.join(separator) : undefined;
  },
  'Fn::Select': (argument, known) => {
    const resolved = resolveIntrinsics(argument, known);
    if (!isList(resolved)) return undefined;
    const [index, list] = resolved;
    return isList(list) && list.every(isText) ? list[Number(index)] : undefined;
  },
  'Fn::Split': (argument, known) => {
    const resolved = resolveIntrinsics(argument, known);
    if (!isList(resolved)) return undefined;
    const [separator, text] = resolved;
    return typeof separator === 'string' && typeof text === 'string' ? text.split(separator) : undefined;
  },
  'Fn::Equals': (argument, known) => {
    const resolved = resolveIntrinsics(argument, known);
    if (!isList(resolved) || !resolved.every(isText)) return undefined;
    return String(resolved[0]) === String(resolved[1]);
  },
  'Fn::Not': (argument, known) => {
    const value = booleans(argument, known);
    return value?.length === 1 ? !value[0] : undefined;
  },
  'Fn::And': (argument, known) => booleans(argument, known)?.every(Boolean),
  'Fn::Or': (argument, known) => booleans(argument, known)?.some(Boolean),
};

function isText(value: Json): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function booleans(argument: Json, known: Known): boolean[] | undefined {
  const resolved = resolveIntrinsics(argument, known);
  if (!isList(resolved)) return undefined;
  const values = resolved.filter((value) => typeof value === 'boolean');
  return values.length === resolved.length ? values : undefined;
}

function substitute(argument: Json, known: Known): Json | undefined {
  const [text, given] = isList(argument) ? argument : [argument, {}];
  if (typeof text !== 'string') return undefined;
  const variables = resolveIntrinsics(given ?? {}, known);
  const names: JsonObject = isObject(variables) ? variables : {};
  const replaced = text.replaceAll(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
    const value = names[name.trim()] ?? known.parameters[name.trim()];
    return value !== undefined && isText(value) ? String(value) : whole;
  });
  if (!/\$\{[^!]/.test(replaced)) return replaced.replaceAll('${!', '${');
  const open = Object.entries(names).filter(([name]) => replaced.includes(`\${${name}}`));
  return { 'Fn::Sub': open.length === 0 ? replaced : [replaced, Object.fromEntries(open)] };
}
