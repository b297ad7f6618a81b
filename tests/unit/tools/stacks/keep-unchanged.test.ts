import { objectAt, type JsonObject } from '../../../../tools/lib/json.ts';
import { joinTemplates } from '../../../../tools/stacks/join-templates.ts';
import { keepUnchanged, unchangedParts } from '../../../../tools/stacks/keep-unchanged.ts';
import { placeFunctions } from '../../../../tools/stacks/place-functions.ts';
import { splitTemplate } from '../../../../tools/stacks/split-template.ts';

const fn = (Domain: string, release: string): JsonObject => ({
  Type: 'AWS::Serverless::Function',
  Metadata: { Aviary: { Domain, release } },
  Properties: { AutoPublishAlias: 'live' },
});
const flat = (release: string): JsonObject => ({
  Metadata: { Aviary: { version: 1 } },
  Resources: { Books: fn('books', 'a'), Users: fn('users', release) },
});
const deployed = (): JsonObject => {
  const { root, nested } = splitTemplate(placeFunctions(flat('a'), undefined));
  return joinTemplates(root, nested);
};

describe('keepUnchanged', () => {
  it('names the stacks in which nothing differs, with the templates that they have', () => {
    const template = placeFunctions(flat('b'), deployed());

    expect(unchangedParts(keepUnchanged(template, deployed()))).toEqual({ BooksDomain: 'BooksDomain.yaml' });
    expect(unchangedParts(keepUnchanged(placeFunctions(flat('a'), deployed()), deployed()))).toEqual({
      BooksDomain: 'BooksDomain.yaml',
      UsersDomain: 'UsersDomain.yaml',
    });
  });

  it('looks again at a template that was made of the deployed one, as for a rollback', () => {
    const whole = deployed();
    const template = { ...whole, Resources: { ...objectAt(whole, 'Resources'), Users: fn('users', 'b') } };

    expect(unchangedParts(keepUnchanged(template, whole))).toEqual({ BooksDomain: 'BooksDomain.yaml' });
  });

  it('names none in a first deploy, nor where nothing is nested', () => {
    expect(unchangedParts(keepUnchanged(placeFunctions(flat('a'), undefined), undefined))).toEqual({});
    expect(unchangedParts(keepUnchanged(flat('a'), flat('b')))).toEqual({});
  });
});
