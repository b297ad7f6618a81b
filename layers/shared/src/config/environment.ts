/** What the template gives every function. */
const common = ['STAGE', 'POWERTOOLS_SERVICE_NAME', 'POWERTOOLS_METRICS_NAMESPACE', 'POWERTOOLS_LOG_LEVEL'] as const;

type Common = (typeof common)[number];

/** Where variables are read from: `process.env` or a test's own record. */
export type EnvironmentSource = Readonly<Record<string, string | undefined>>;

/** The values of the variables named `Name` and of those that every function has. */
export type Environment<Name extends string = never> = Readonly<Record<Common | Name, string>>;

/** The environment lacks variables that the function cannot run without; `missing` names all of them. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  readonly missing: readonly string[];

  constructor(missing: readonly string[]) {
    super(`Missing environment variables: ${missing.join(', ')}`);
    this.missing = missing;
  }
}

function holdsAll<Name extends string>(
  values: EnvironmentSource,
  names: readonly Name[],
): values is Readonly<Record<Name, string>> {
  return names.every((name) => Object.hasOwn(values, name));
}

/**
 * Reads the common variables and those in `names`; an empty value counts as missing.
 * @throws {ConfigurationError} listing everything that is missing
 */
export function readEnvironment<const Name extends string = never>(
  names: readonly Name[] = [],
  source: EnvironmentSource = process.env,
): Environment<Name> {
  const wanted: readonly (Common | Name)[] = [...common, ...names];
  const values: Record<string, string | undefined> = {};
  for (const name of wanted) {
    const value = source[name];
    if (value !== undefined && value !== '') values[name] = value;
  }
  if (holdsAll(values, wanted)) return values;
  throw new ConfigurationError(wanted.filter((name) => !Object.hasOwn(values, name)));
}
