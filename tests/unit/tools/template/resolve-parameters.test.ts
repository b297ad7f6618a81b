import { isResolvable, resolveParameters } from '../../../../tools/template/resolve-parameters.ts';
import type { JsonObject } from '../../../../tools/lib/json.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const valueOf = (parameter: JsonObject, given?: string): unknown =>
  resolveParameters({ P: { Type: 'String', ...parameter } }, given === undefined ? {} : { P: given })['P'];
const refusalOf = (parameter: JsonObject, given?: string): string => failureOf(() => valueOf(parameter, given)).problem;

describe('resolveParameters', () => {
  it('takes the default', () => {
    expect(valueOf({ Default: 'a' })).toBe('a');
  });

  it('takes the override before the default', () => {
    expect(valueOf({ Default: 'a' }, 'b')).toBe('b');
  });

  it('takes an empty override', () => {
    expect(valueOf({ Default: 'a' }, '')).toBe('');
  });

  it.each([
    ['a number', { Type: 'Number' }, '14', 14],
    ['a number as default', { Type: 'Number', Default: 14 }, undefined, 14],
    ['a text that YAML reads as a number', { Default: 14 }, undefined, '14'],
    ['a list', { Type: 'CommaDelimitedList' }, 'a, b,c', ['a', 'b', 'c']],
    ['a list of one', { Type: 'List<AWS::EC2::Subnet::Id>' }, 'subnet-1', ['subnet-1']],
    ['a list as YAML', { Type: 'CommaDelimitedList', Default: ['a', 'b'] }, undefined, ['a', 'b']],
  ])('reads %s by its type', (_name, parameter, given, expected) => {
    expect(valueOf(parameter, given)).toEqual(expected);
  });

  it.each<[string, JsonObject, string, string]>([
    ['not among AllowedValues', { AllowedValues: ['a', 'b'] }, 'c', '"c": allowed are a, b.'],
    ['a number not allowed', { Type: 'Number', AllowedValues: [1, 3] }, '2', '"2": allowed are 1, 3.'],
    ['against AllowedPattern', { AllowedPattern: '[a-z]+' }, 'aB', '"aB": it must match [a-z]+.'],
    ['no number', { Type: 'Number' }, 'many', '"many": it is no number.'],
    ['below MinValue', { Type: 'Number', MinValue: 2 }, '1', '"1": it must be at least 2.'],
    ['above MaxValue', { Type: 'Number', MaxValue: 2 }, '3', '"3": it must be at most 2.'],
    ['shorter than MinLength', { MinLength: 2 }, 'a', '"a": it needs 2 characters.'],
    ['longer than MaxLength', { MaxLength: 2 }, 'abc', '"abc": it may have 2 characters.'],
    ['against its own words', { AllowedPattern: 'a', ConstraintDescription: 'must be a' }, 'b', '"b": must be a.'],
  ])('refuses a value that is %s', (_name, parameter, given, said) => {
    expect(refusalOf(parameter, given)).toBe(`The parameter P cannot be ${said}`);
  });

  it('refuses one item of a list', () => {
    expect(refusalOf({ Type: 'CommaDelimitedList', AllowedValues: ['a', 'b'] }, 'a,c')).toContain('allowed are a, b');
  });

  it('refuses a default that is not allowed', () => {
    expect(refusalOf({ Default: 'c', AllowedValues: ['a'] })).toContain('allowed are a');
  });

  it.each<[string, JsonObject, string]>([
    ['MinValue', { Type: 'Number', MinValue: 2 }, '2'],
    ['MaxValue', { Type: 'Number', MaxValue: 2 }, '2'],
    ['MinLength', { MinLength: 2 }, 'ab'],
    ['MaxLength', { MaxLength: 2 }, 'ab'],
    ['AllowedValues', { Type: 'Number', AllowedValues: ['1', '2'] }, '2'],
    ['AllowedPattern of alternatives', { AllowedPattern: 'a|b' }, 'b'],
  ])('takes a value at the bound of %s', (_name, parameter, given) => {
    expect(() => valueOf(parameter, given)).not.toThrow();
  });

  it('holds the whole value against AllowedPattern', () => {
    expect(refusalOf({ AllowedPattern: 'a|b' }, 'ab')).toContain('it must match');
  });

  it('refuses a parameter without a value', () => {
    expect(refusalOf({})).toBe('The parameter P has no value.');
  });

  it('names the nearest parameter to an override that there is none for', () => {
    const failure = failureOf(() => resolveParameters({ Stage: { Type: 'String' }, App: {} }, { Stgae: 'x' }));

    expect(failure.problem).toContain('sets the parameter Stgae');
    expect(failure.next).toBe('Did you mean Stage?');
  });

  it('says that there are no parameters where an override is given for none', () => {
    expect(failureOf(() => resolveParameters({}, { Stage: 'x' })).next).not.toContain('undefined');
  });

  it.each([
    ['a secret', { Type: 'String', NoEcho: true }],
    ['a secret in text', { Type: 'String', NoEcho: 'true' }],
    ['a value from SSM', { Type: 'AWS::SSM::Parameter::Value<String>' }],
  ])('leaves %s to CloudFormation, also with a value', (_name, parameter) => {
    expect(resolveParameters({ P: { ...parameter, Default: 'x' } }, { P: 'y' })).toEqual({});
    expect(isResolvable(parameter)).toBe(false);
  });

  it('resolves a parameter whose NoEcho is off', () => {
    expect(valueOf({ NoEcho: false, Default: 'x' })).toBe('x');
  });
});
