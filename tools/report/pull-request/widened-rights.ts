import { canonical, isList, isObject, objectAt, textOf, type Json, type JsonObject } from '../../lib/json.ts';
import { blocksOf, type Templates } from './templates.ts';

/** What a role or a resource's policy allows after a change and did not before. */
export interface WidenedRight {
  /** `template.yaml UsersRole`. */
  readonly where: string;
  /** `dynamodb:Scan on {"Ref":"Table"}`. */
  readonly right: string;
}

/**
 * The rights that a change adds, compared as text: an action on a resource for a principal under a condition is another
 * right when any of the four differs, so that a narrowed one is shown as well. A refusal (`Deny`) that goes is a right
 * that comes.
 */
export function widenedRights(before: Templates, after: Templates): WidenedRight[] {
  return [...blocksOf(after)].flatMap(([where, block]) => {
    const known = new Set(rightsIn(blocksOf(before).get(where)));
    const refused = refusalsIn(block);
    const lifted = refusalsIn(blocksOf(before).get(where)).filter((right) => !refused.includes(right));
    return [
      ...[...new Set(rightsIn(block))].filter((right) => !known.has(right)),
      ...lifted.map((right) => `no longer refused: ${right}`),
    ].map((right) => ({ where, right }));
  });
}

function rightsIn(block: JsonObject | undefined): string[] {
  if (block === undefined) return [];
  const properties = objectAt(block, 'Properties');
  const managed = listOf(properties['ManagedPolicyArns']).map((policy) => `managed policy ${textOf(policy)}`);
  if (block['Type'] === 'AWS::Lambda::Permission') {
    const { Action, Principal, SourceArn } = properties;
    const from = SourceArn === undefined ? '' : ` from ${textOf(SourceArn)}`;
    return [`${textOf(Action ?? '')} for ${textOf(Principal ?? '')}${from}`];
  }
  return [...managed, ...rights(statementsIn(properties), 'Allow')];
}

function refusalsIn(block: JsonObject | undefined): string[] {
  return block === undefined ? [] : rights(statementsIn(objectAt(block, 'Properties')), 'Deny');
}

/** Every statement, wherever in a resource its policy stands. */
function statementsIn(value: Json): JsonObject[] {
  if (isList(value)) return value.flatMap(statementsIn);
  if (!isObject(value)) return [];
  const own = value['Statement'] === undefined ? [] : listOf(value['Statement']).filter(isObject);
  return [
    ...own,
    ...Object.values(value).flatMap((member) => (member === value['Statement'] ? [] : statementsIn(member))),
  ];
}

function rights(statements: readonly JsonObject[], effect: 'Allow' | 'Deny'): string[] {
  return statements
    .filter((statement) => statement['Effect'] === effect)
    .flatMap(({ Effect: _effect, Sid: _sid, Action, Resource, Principal, ...rest }) =>
      (Action === undefined ? ['actions'] : listOf(Action)).flatMap((action) =>
        (Resource === undefined ? [undefined] : listOf(Resource)).map((resource) => {
          const on = resource === undefined ? '' : ` on ${textOf(resource)}`;
          const who = Principal === undefined ? '' : ` for ${textOf(Principal)}`;
          return `${textOf(action)}${on}${who}${Object.keys(rest).length === 0 ? '' : ` with ${canonical(rest)}`}`;
        }),
      ),
    );
}

function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined) return [];
  return isList(value) ? value : [value];
}
