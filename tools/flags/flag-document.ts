import { isObject, objectAt, stringAt, type JsonObject } from '../lib/json.ts';

/** A flag, and whether it is on: in the version that is deployed, and in the template. */
export interface FlagRow {
  readonly name: string;
  readonly description: string;
  readonly on: boolean;
  readonly template: boolean;
}

const isOn = (document: JsonObject, name: string): boolean | undefined => {
  const { enabled } = objectAt(objectAt(document, 'values'), name);
  return typeof enabled === 'boolean' ? enabled : undefined;
};

/** Every flag that the template declares; one that is not deployed yet is as in the template. */
export function readFlagRows(document: JsonObject, declared: JsonObject): FlagRow[] {
  return Object.entries(objectAt(declared, 'flags')).map(([name, flag]) => {
    const template = isOn(declared, name) ?? false;
    return { name, description: stringAt(flag, 'name') ?? '', on: isOn(document, name) ?? template, template };
  });
}

/** The version that has a flag on or off: the deployed one, with what the template declares and it does not have. */
export function withFlag(document: JsonObject, declared: JsonObject, name: string, enabled: boolean): JsonObject {
  const merged = (section: string): JsonObject => ({ ...objectAt(declared, section), ...objectAt(document, section) });
  const values = merged('values');
  const value = values[name];
  return {
    version: '1',
    flags: merged('flags'),
    // A flag's attributes stay.
    values: { ...values, [name]: { ...(isObject(value) ? value : {}), enabled } },
  };
}
