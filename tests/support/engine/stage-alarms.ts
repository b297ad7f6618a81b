import { isList, objectAt, type Json, type JsonObject } from '../../../tools/lib/json.ts';
import { everyOption } from './every-option.ts';
import { resolvedStages, type ResolvedStage } from './stages.ts';

export const propertiesOf = (block: JsonObject | undefined): JsonObject => objectAt(block, 'Properties');
export const list = (value: Json | undefined): readonly Json[] => (isList(value) ? value : []);

/** The stages that have alarms, as samconfig.toml has them, and with everything on. */
export const inAccount = resolvedStages().filter(({ name }) => name !== 'local');
export const withOptions = resolvedStages(everyOption).filter(({ name }) => name !== 'local');

export interface Alarm extends JsonObject {
  readonly AlarmName: string;
}
const ofType = (resources: ResolvedStage['root'] | undefined, type: string): JsonObject[] =>
  Object.values(resources ?? {})
    .filter(({ Type }) => Type === type)
    .map(propertiesOf);

/** All but those of new versions. */
export const alarmsOf = ({ nested }: ResolvedStage): Alarm[] =>
  ofType(nested['Alarms'], 'AWS::CloudWatch::Alarm') as Alarm[];
export const versionAlarmsOf = ({ root }: ResolvedStage): Alarm[] => ofType(root, 'AWS::CloudWatch::Alarm') as Alarm[];
export const filtersOf = ({ nested }: ResolvedStage): JsonObject[] =>
  ofType(nested['Alarms'], 'AWS::Logs::MetricFilter');

export const dimensionsOf = (look: JsonObject): Record<string, string> =>
  Object.fromEntries(
    ((look['Dimensions'] ?? []) as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
  );
