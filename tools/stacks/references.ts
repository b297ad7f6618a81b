import { isList, isObject, type Json, type JsonObject } from '../lib/json.ts';

/**
 * What a reference is taken for: `{Ref}` or `{Fn::GetAtt}` in place of another; undefined where it stays.
 * @param reference `X`, or `X.Attribute`
 * @param expression as it stands in the template; undefined where it is a part of the text of `Fn::Sub`
 */
export type Replace = (reference: string, expression: JsonObject | undefined) => JsonObject | undefined;

/** The value with each `Ref`, `Fn::GetAtt` and name in an `Fn::Sub` replaced. What AWS itself knows (`AWS::Region`) stays. */
export function mapReferences(value: Json, replace: Replace): Json {
  if (isList(value)) return value.map((item) => mapReferences(item, replace));
  if (!isObject(value)) return value;
  const [key, member] = Object.entries(value)[0] ?? [];
  if (Object.keys(value).length === 1 && key !== undefined && member !== undefined) {
    const reference = referenceOf(key, member);
    if (reference !== undefined) return (isPseudo(reference) ? undefined : replace(reference, value)) ?? value;
    if (key === 'Fn::Sub') return { [key]: mapSub(member, replace) };
  }
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, mapReferences(inner, replace)]));
}

/** The reference as it is written in the text of an `Fn::Sub`. */
export function inText(expression: JsonObject): string {
  const [reference = ''] = Object.entries(expression).flatMap(([key, member]) => referenceOf(key, member) ?? []);
  return `\${${reference}}`;
}

function referenceOf(key: string, member: Json): string | undefined {
  if (key === 'Ref' && typeof member === 'string') return member;
  if (key !== 'Fn::GetAtt') return undefined;
  if (typeof member === 'string') return member;
  if (!isList(member)) return undefined;
  const parts = member.filter((it) => typeof it === 'string');
  return parts.length === member.length ? parts.join('.') : undefined;
}

function mapSub(member: Json, replace: Replace): Json {
  if (typeof member === 'string') return subText(member, {}, replace);
  if (!isList(member)) return member;
  const [text = '', variables = {}] = member;
  if (typeof text !== 'string' || !isObject(variables)) return member;
  return [subText(text, variables, replace), mapReferences(variables, replace)];
}

function subText(text: string, variables: JsonObject, replace: Replace): string {
  return text.replaceAll(/\$\{([^!}][^}]*)\}/g, (whole, name: string) => {
    const reference = name.trim();
    if (reference in variables || isPseudo(reference)) return whole;
    const other = replace(reference, undefined);
    return other === undefined ? whole : inText(other);
  });
}

const isPseudo = (reference: string): boolean => reference.startsWith('AWS::');
