/** A setting as two sides have it; null where a side does not have it. */
export interface SettingRow {
  readonly name: string;
  readonly value: string | null;
  /** What it is held against: the template's value, or that of another stage. */
  readonly other: string | null;
}

/** Puts the settings of two sides beside each other, in the order of their names. */
export function compareSettings(
  values: ReadonlyMap<string, string | null>,
  others: ReadonlyMap<string, string | null>,
): SettingRow[] {
  const names = [...new Set([...values.keys(), ...others.keys()])].sort();
  return names.map((name) => ({ name, value: values.get(name) ?? null, other: others.get(name) ?? null }));
}

/** Those in which the sides differ. */
export const differing = (rows: readonly SettingRow[]): SettingRow[] =>
  rows.filter(({ value, other }) => value !== other);
