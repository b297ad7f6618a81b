import { join } from 'node:path';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { readTemplate } from '../../../../tools/template/read-template.ts';
import { resolveTemplate } from '../../../../tools/template/resolve-template.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';
import { repository } from '../../../support/engine/a-folder.ts';

const isOn = (name: string): JsonObject => ({ 'Fn::Equals': [{ Ref: name }, 'on'] });
const assertion: JsonObject = { Assert: isOn('B'), AssertDescription: 'A needs B' };
const refusal = (rule: JsonObject, values: Readonly<Record<string, string>> = {}): string =>
  failureOf(() =>
    resolveTemplate({ Parameters: { A: { Default: 'off' }, B: { Default: 'off' } }, Rules: { rule } }, values),
  ).problem;

describe('rules of a template', () => {
  it('are refused with their description', () => {
    expect(refusal({ Assertions: [assertion] })).toBe('A needs B.');
  });

  it('hold where their condition does not', () => {
    const rule = { RuleCondition: isOn('A'), Assertions: [assertion] };

    expect(refusal(rule, { A: 'on' })).toBe('A needs B.');
    expect(() => refusal(rule)).toThrow();
    expect(() => refusal(rule, { A: 'on', B: 'on' })).toThrow();
  });

  it('are each refused by name where they say no more', () => {
    const second = { Assert: isOn('A') };

    expect(refusal({ Assertions: [assertion, second] }, { B: 'on' })).toBe(
      'The rule rule of template.yaml does not hold.',
    );
  });

  it('are refused where they cannot be evaluated', () => {
    const Assert = { 'Fn::Contains': [['on'], { Ref: 'A' }] };

    expect(refusal({ Assertions: [{ Assert }] })).toContain('the rule rule cannot be evaluated before a deploy');
  });
});

describe('rules of template.yaml', () => {
  const provider = {
    JwtIssuer: 'https://id.example.com/',
    JwtAudience: 'orders',
    JwtJwksUrl: 'https://id.example.com/keys',
  };
  const template = readTemplate(join(repository, 'template.yaml'));

  it.each([
    [{ Redis: 'on' }, 'Redis=on makes a cache in the network of the stage, so it needs Vpc=on.'],
    [{ Nat: 'on' }, 'Nat=on is a way out of the network of the stage, so it needs Vpc=on.'],
    [
      { Vpc: 'on', Redis: 'on', CacheUrl: 'rediss://example.com:6379' },
      'Redis=on makes a cache and CacheUrl names another one, so only one of them can be given.',
    ],
    [
      { JwtIssuer: 'https://id.example.com/', JwtJwksUrl: 'https://id.example.com/keys' },
      'An identity provider is JwtIssuer, JwtAudience and JwtJwksUrl together, or none of them.',
    ],
    [
      { ...provider, Vpc: 'on' },
      "The identity provider's keys (JwtJwksUrl) are on the internet, so functions in a network need Nat=on.",
    ],
  ])('refuse %p', (values, why) => {
    expect(failureOf(() => resolveTemplate(template, { Stage: 'staging', ...values })).problem).toBe(why);
  });

  it.each([[provider], [{ ...provider, Vpc: 'on', Nat: 'on' }], [{ Vpc: 'on', Redis: 'on' }]])('take %p', (values) => {
    expect(() => resolveTemplate(template, { Stage: 'staging', ...values })).not.toThrow();
  });
});
