import { Failure } from '../lib/failure.ts';
import { isList, objectAt, stringAt, type Json, type JsonObject } from '../lib/json.ts';
import { resolveIntrinsics, type Known } from './resolve-intrinsics.ts';

/**
 * Checks `Rules`: which values of parameters go together. CloudFormation does so itself with a template as it is written;
 * a composed one has its parameters resolved, so it is done here. (CloudFormation template reference, "Rules".)
 * @throws Failure with the description of the first assertion that does not hold, and for one that cannot be evaluated
 */
export function checkRules(rules: JsonObject, known: Known): void {
  for (const name of Object.keys(rules)) {
    const rule = objectAt(rules, name);
    const condition = rule['RuleCondition'];
    if (condition !== undefined && !evaluate(name, condition, known)) continue;
    const assertions = isList(rule['Assertions']) ? rule['Assertions'] : [];
    for (const assertion of assertions) {
      if (evaluate(name, objectAt({ assertion }, 'assertion')['Assert'] ?? null, known)) continue;
      const why = stringAt(assertion, 'AssertDescription') ?? `The rule ${name} of template.yaml does not hold`;
      throw new Failure(`${why}.`, 'Change parameter_overrides of the stage in samconfig.toml.');
    }
  }
}

function evaluate(name: string, expression: Json, known: Known): boolean {
  const value = resolveIntrinsics(expression, known);
  if (typeof value === 'boolean') return value;
  throw new Failure(
    `template.yaml: the rule ${name} cannot be evaluated before a deploy.`,
    'Use parameters that are no secrets, with Fn::And, Fn::Equals, Fn::Not and Fn::Or.',
  );
}
