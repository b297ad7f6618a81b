import { closest } from 'fastest-levenshtein';
import { Failure } from '../lib/failure.ts';
import { isList, isObject, objectAt, stringAt, textOf, type Json, type JsonObject } from '../lib/json.ts';

/**
 * The value of each parameter that can be known before a deploy: the override of the stage, else the default.
 * Left out are secrets (`NoEcho`) and values that CloudFormation reads from SSM itself; those stay parameters.
 * The constraints are checked here, since CloudFormation never sees a parameter that was resolved.
 * @throws Failure for a value that is missing or not allowed, and for an override of a parameter that is not there
 */
export function resolveParameters(declared: JsonObject, overrides: Readonly<Record<string, string>>): JsonObject {
  for (const name of Object.keys(overrides)) {
    if (declared[name] === undefined) {
      const names = Object.keys(declared);
      const near = names.length === 0 ? undefined : closest(name, names);
      throw new Failure(
        `samconfig.toml sets the parameter ${name}, which template.yaml does not have.`,
        near === undefined ? 'It has no parameters.' : `Did you mean ${near}?`,
      );
    }
  }
  const values: Record<string, Json> = {};
  for (const [name, parameter] of Object.entries(declared)) {
    if (!isResolvable(parameter)) continue;
    const given = overrides[name] ?? (isObject(parameter) ? parameter['Default'] : undefined);
    if (given === undefined || given === null) {
      throw new Failure(`The parameter ${name} has no value.`, 'Set it in parameter_overrides in samconfig.toml.');
    }
    const value = typed(given, stringAt(parameter, 'Type') ?? 'String');
    check(name, given, value, objectAt(declared, name));
    values[name] = value;
  }
  return values;
}

/** False for a parameter whose value must not or cannot be written into the template. */
export function isResolvable(parameter: Json): boolean {
  const secret = isObject(parameter) && (parameter['NoEcho'] === true || parameter['NoEcho'] === 'true');
  return !secret && !(stringAt(parameter, 'Type') ?? '').startsWith('AWS::SSM::Parameter::Value');
}

function typed(given: Json, type: string): Json {
  if (type === 'Number') return Number(given);
  if (type === 'CommaDelimitedList' || type.startsWith('List<')) {
    return isList(given)
      ? given
      : textOf(given)
          .split(',')
          .map((item) => item.trim());
  }
  return isList(given) || isObject(given) ? given : textOf(given);
}

function check(name: string, given: Json, value: Json, parameter: JsonObject): void {
  const { AllowedValues: allowed, AllowedPattern: pattern, MinValue, MaxValue, MinLength, MaxLength } = parameter;
  const refuse = (why: string): never => {
    const said = parameter['ConstraintDescription'];
    throw new Failure(
      `The parameter ${name} cannot be ${JSON.stringify(given)}: ${typeof said === 'string' ? said : why}.`,
      'Change it in samconfig.toml or template.yaml.',
    );
  };
  for (const item of isList(value) ? value : [value]) {
    const text = textOf(item);
    if (typeof item === 'number' && Number.isNaN(item)) refuse('it is no number');
    if (isList(allowed) && !allowed.some((one) => textOf(one) === text))
      refuse(`allowed are ${allowed.map(textOf).join(', ')}`);
    if (typeof pattern === 'string' && !new RegExp(`^(?:${pattern})$`).test(text)) refuse(`it must match ${pattern}`);
    if (MinValue !== undefined && Number(item) < Number(MinValue)) refuse(`it must be at least ${textOf(MinValue)}`);
    if (MaxValue !== undefined && Number(item) > Number(MaxValue)) refuse(`it must be at most ${textOf(MaxValue)}`);
    if (MinLength !== undefined && text.length < Number(MinLength)) refuse(`it needs ${textOf(MinLength)} characters`);
    if (MaxLength !== undefined && text.length > Number(MaxLength))
      refuse(`it may have ${textOf(MaxLength)} characters`);
  }
}
