import * as z from 'zod';

/** One setting: what SSM's text of it may be, and its value where there is none that can be used. */
export interface Setting<Value> {
  readonly schema: z.ZodType<Value, string>;
  readonly fallback: Value;
}

/** The settings of a function, by their names; functions/<name>/settings.ts has them, and infra/config.yaml the same. */
export type Settings = Readonly<Record<string, Setting<unknown>>>;

/** The values of settings. */
export type ValuesOf<Of extends Settings> = { readonly [Name in keyof Of]: Of[Name]['fallback'] };

/** A setting that is a whole number, both limits included. */
export const wholeNumber = (from: number, to: number, fallback: number): Setting<number> => ({
  schema: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .pipe(z.number().min(from).max(to)),
  fallback,
});

/** A setting was not what its schema takes; names it, and says nothing of its value. */
export class BadSettingError extends Error {
  override readonly name = 'BadSettingError';
}

/**
 * Reads each setting out of the texts that SSM has. One that is missing or not of its schema has its fallback, and `onBad`
 * is told of it; the others are read all the same.
 */
export function readSettings<const Of extends Settings>(
  settings: Of,
  texts: Readonly<Record<string, unknown>>,
  onBad: (error: BadSettingError) => void,
): ValuesOf<Of>;
export function readSettings(
  settings: Settings,
  texts: Readonly<Record<string, unknown>>,
  onBad: (error: BadSettingError) => void,
): Record<string, unknown> {
  const values = Object.entries(settings).map(([name, { schema, fallback }]): [string, unknown] => {
    const result = schema.safeParse(texts[name]);
    if (result.success) return [name, result.data];
    onBad(new BadSettingError(`The setting ${name} is ${name in texts ? 'not what it may be' : 'missing'}`));
    return [name, fallback];
  });
  return Object.fromEntries(values);
}
