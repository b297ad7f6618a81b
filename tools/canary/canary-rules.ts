import { findNamed } from '../config/find-named.ts';
import { Failure } from '../lib/failure.ts';
import { isList, isObject, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { nestedResources } from '../template/nested-templates.ts';
import { productionStage, readStage } from '../template/read-stages.ts';
import { readSources } from '../template/read-sources.ts';

/** How production moves traffic to a new version of a function. */
export interface CanaryRules {
  readonly logicalId: string;
  /** Such as `Canary10Percent5Minutes`. */
  readonly type: string;
  /** The alarms that stop it: properties of `AWS::CloudWatch::Alarm`, resolved for production. */
  readonly alarms: readonly JsonObject[];
}

/**
 * Reads them out of the template.
 * @throws Failure for a function that is not there, or that has no canary
 */
export function readCanaryRules(root: string, name: string): CanaryRules {
  const { resources, functions } = readSources(root, readStage(root, productionStage));
  const found = findNamed('function', name, functions);
  const preference = objectAt(objectAt(found.block, 'Properties'), 'DeploymentPreference');
  const type = stringAt(preference, 'Type');
  if (type === undefined)
    throw new Failure(`${name} has no canary.`, 'Give it a DeploymentPreference in template.yaml.');
  const nested = Object.values(nestedResources(root, resources));
  const all = [resources, ...nested].flatMap((blocks) => Object.entries(blocks)).filter(([, block]) => isAlarm(block));
  const gate = isList(preference['Alarms']) ? preference['Alarms'] : [];
  return { logicalId: found.logicalId, type, alarms: gate.map((alarm) => alarmNamed(alarm, all)) };
}

const isAlarm = (block: JsonObject): boolean => block['Type'] === 'AWS::CloudWatch::Alarm';

/** An alarm of the gate, which names it or refers to it. */
function alarmNamed(named: Json, all: readonly (readonly [string, JsonObject])[]): JsonObject {
  const found = all.find(([logicalId, block]) =>
    isObject(named) ? named['Ref'] === logicalId : objectAt(block, 'Properties')['AlarmName'] === named,
  );
  if (found) return objectAt(found[1], 'Properties');
  throw new Failure(`There is no alarm ${JSON.stringify(named)} in the template.`, 'Mend DeploymentPreference.Alarms.');
}

/**
 * An alarm of one stage as the metrics of another would have it: names end with the stage, and the version is one that is
 * there.
 */
export function alarmIn(alarm: JsonObject, [from, to]: readonly [string, string], version: string): JsonObject {
  const moved = (value: Json): Json => {
    if (typeof value === 'string') return value.replace(new RegExp(`(^|-)${from}(?=$|:)`), `$1${to}`);
    if (isList(value)) return value.map(moved);
    if (!isObject(value)) return value;
    if (JSON.stringify(value['Fn::GetAtt'] ?? '').endsWith('Version.Version"]')) return version;
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, moved(member)]));
  };
  return Object.fromEntries(Object.entries(alarm).map(([key, member]) => [key, moved(member)]));
}
