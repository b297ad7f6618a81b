import { Failure } from '../lib/failure.ts';
import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { mergeGlobals } from './merge-globals.ts';
import { checkRules } from './check-rules.ts';
import { resolveConditions, resolveIntrinsics } from './resolve-intrinsics.ts';
import { isResolvable, resolveParameters } from './resolve-parameters.ts';

/**
 * A template as one stage has it. Globals, parameters, mappings and conditions are written into the blocks, so that a
 * block means the same in whatever template it stands: a deploy can take one block from the tree and the next from
 * what is deployed.
 */
export interface StageTemplate {
  /** Version, transform, description, and the parameters and conditions that only CloudFormation can resolve. */
  readonly head: JsonObject;
  readonly parameters: JsonObject;
  readonly resources: Readonly<Record<string, JsonObject>>;
  readonly outputs: Readonly<Record<string, JsonObject>>;
}

/** @throws Failure for a parameter without a value, with a value that is not allowed, or unknown, for values that a rule refuses, and for a mapping's value that cannot be known */
export function resolveTemplate(template: JsonObject, overrides: Readonly<Record<string, string>>): StageTemplate {
  const declared = objectAt(template, 'Parameters');
  const parameters = resolveParameters(declared, overrides);
  const known = { parameters, mappings: objectAt(template, 'Mappings') };
  const conditions = resolveConditions(objectAt(template, 'Conditions'), known);
  checkRules(objectAt(template, 'Rules'), { ...known, conditions });
  const globals = objectAt(template, 'Globals');

  const blocks = (section: string): Record<string, JsonObject> => {
    const resolved: Record<string, JsonObject> = {};
    for (const [name, block] of Object.entries(objectAt(template, section))) {
      if (!isObject(block)) continue;
      const condition = stringAt(block, 'Condition');
      const holds = condition === undefined ? true : conditions.get(condition);
      if (holds === false) continue;
      const { Condition: open, ...rest } = block;
      const value = resolveIntrinsics(mergeGlobals(rest, globals), { ...known, conditions });
      if (isObject(value))
        resolved[name] = holds === undefined && open !== undefined ? { ...value, Condition: open } : value;
    }
    return resolved;
  };
  const resources = Object.entries(blocks('Resources'));
  const outputs = blocks('Outputs');

  const rest = (section: string, keep: (name: string, value: Json) => boolean): JsonObject => {
    const kept = Object.entries(objectAt(template, section)).filter(([name, value]) => keep(name, value));
    if (kept.length === 0) return {};
    const value = resolveIntrinsics(Object.fromEntries(kept), { ...known, conditions });
    return { [section]: value };
  };
  const { AWSTemplateFormatVersion, Transform, Description } = template;
  const open = rest('Conditions', (name) => !conditions.has(name));
  assertLookedUp([...resources, ...Object.entries(outputs), ...Object.entries(open)]);
  return {
    head: {
      ...(AWSTemplateFormatVersion === undefined ? {} : { AWSTemplateFormatVersion }),
      ...(Transform === undefined ? {} : { Transform }),
      ...(Description === undefined ? {} : { Description }),
      ...rest('Parameters', (_name, parameter) => !isResolvable(parameter)),
      ...open,
    },
    parameters,
    resources: Object.fromEntries(
      resources.map(([name, block]) => {
        const present = (id: Json): boolean => resources.some(([other]) => other === id);
        return [name, dependingOn(present, withoutEmptyVariables(withoutDisabled(block)))];
      }),
    ),
    outputs,
  };
}

/** CloudFormation passes over a DependsOn of a resource that a condition leaves out, but not of one that is not there. */
function dependingOn(present: (id: Json) => boolean, block: JsonObject): JsonObject {
  const { DependsOn: ids, ...rest } = block;
  if (ids === undefined || (!isList(ids) && present(ids))) return block;
  const left = isList(ids) ? ids.filter(present) : [];
  return left.length === 0 ? rest : { ...rest, DependsOn: left };
}

/** @throws Failure for a look-up that is left, since the mappings do not go into a composed template */
function assertLookedUp(blocks: readonly (readonly [string, Json])[]): void {
  for (const [name, block] of blocks) {
    const [, map] = /\{"Fn::FindInMap":\["?([^",\]]*)/.exec(JSON.stringify(block)) ?? [];
    if (map === undefined) continue;
    throw new Failure(
      `template.yaml: ${name} looks up something in the mapping ${map} that is not there, or not known before a deploy.`,
      'Mend the key; in place of AWS::Region and the like use a parameter, since each stage has its own values.',
    );
  }
}

/** SAM makes a CodeDeploy application for a preference that is switched off; without the property it makes none. */
function withoutDisabled(block: JsonObject): JsonObject {
  const properties = objectAt(block, 'Properties');
  if (objectAt(properties, 'DeploymentPreference')['Enabled'] !== false) return block;
  const { DeploymentPreference: _, ...rest } = properties;
  return { ...block, Properties: rest };
}

/** An empty variable counts as none, so that a parameter can leave one out of a stage. */
function withoutEmptyVariables(block: JsonObject): JsonObject {
  const properties = objectAt(block, 'Properties');
  const environment = objectAt(properties, 'Environment');
  const variables = Object.entries(objectAt(environment, 'Variables'));
  const set = variables.filter(([, value]) => value !== '');
  if (set.length === variables.length) return block;
  const kept = { ...environment, Variables: Object.fromEntries(set) };
  return { ...block, Properties: { ...properties, Environment: kept } };
}
