// Needs the sample domain, and goes with it: aviary begin.
import { isObject, objectAt, type Json, type JsonObject } from '../../tools/lib/json.ts';
import { readRecord } from '../../tools/plan/record.ts';
import { joinTemplates } from '../../tools/stacks/join-templates.ts';
import { placeFunctions } from '../../tools/stacks/place-functions.ts';
import { homesOf, placementOf } from '../../tools/stacks/placement.ts';
import { splitTemplate, type SplitTemplate } from '../../tools/stacks/split-template.ts';
import { limits, weighResource } from '../../tools/stacks/weigh-resource.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import type { Tree } from '../../tools/tree/tree.ts';
import { repository } from '../support/engine/a-folder.ts';
import { manyFunctions } from '../support/engine/many-functions.ts';
import { comparable, joined, templatesOf, ungiven, unresolved } from '../support/engine/split-checks.ts';
import { deployed, type ModelStack } from '../support/engine/stack-model.ts';
import { resourcesOf, translate } from '../support/engine/translate.ts';

const number = 300;

/** What CloudFormation makes of each template of splits, by the stack. */
function translated(...splits: readonly SplitTemplate[]): Record<string, JsonObject>[] {
  const templates = splits.map(templatesOf);
  const made = translate(templates.flatMap((it) => Object.values(it)));
  return templates.map((it) => Object.fromEntries(Object.keys(it).map((stack) => [stack, made.shift() ?? {}])));
}

let small: Tree;
beforeAll(async () => {
  small = await readTree(repository, readStage(repository, 'production'));
});

describe(`a repository of ${number} functions`, () => {
  let tree: Tree, flat: JsonObject, split: SplitTemplate, later: SplitTemplate;
  let made: Record<string, JsonObject>, madeLater: Record<string, JsonObject>;

  /** The stack after a deploy of a tree to it, as it is read again. */
  const deploy = (wanted: Tree, before?: ModelStack): ModelStack => {
    const stack = deployed(wanted, before);
    const { root, nested } = splitTemplate(placeFunctions(stack.template, before?.template));
    const template = joinTemplates(root, nested);
    return { ...stack, template, record: readRecord(template, 'aviary-production') };
  };

  beforeAll(() => {
    tree = manyFunctions(small, number);
    const stack = deploy(tree);
    flat = stack.template;
    split = splitTemplate(flat);
    const functions = tree.functions.map((it) => (it.name === 'users199' ? { ...it, release: 'f'.repeat(64) } : it));
    later = splitTemplate(deploy({ ...tree, commit: 'other', functions }, stack).template);
    [made = {}, madeLater = {}] = translated(split, later);
  }, 120_000);

  it('is in stacks that CloudFormation takes', () => {
    const sections = { Resources: limits.resources, Parameters: limits.parameters, Outputs: limits.outputs };
    const above = Object.entries(made).flatMap(([stack, template]) =>
      Object.entries(sections)
        .map(([section, most]) => [stack, section, Object.keys(objectAt(template, section)).length, most] as const)
        .filter(([, , count, most]) => count > most),
    );
    const sizes = [...Object.entries(made), ...Object.entries(templatesOf(split))];

    expect(above).toEqual([]);
    expect(sizes.filter(([, template]) => JSON.stringify(template).length > limits.bytes)).toEqual([]);
    expect(Object.values(made).flatMap((it) => Object.keys(resourcesOf(it, 'AWS::Lambda::Function')))).toHaveLength(
      number,
    );
  });

  it('is weighed as no less than what SAM makes of it', () => {
    const wrong = Object.entries(templatesOf(split)).map(([stack, template]) => {
      const blocks = Object.values(objectAt(template, 'Resources')).filter(isObject);
      const weight = blocks.reduce((sum, block) => sum + weighResource(block), 2);
      return [stack, weight - Object.keys(objectAt(made[stack], 'Resources')).length] as const;
    });

    expect(wrong.filter(([, spare]) => spare < 0)).toEqual([]);
  });

  it('refers to nothing that is not in the same stack, and is the flat template when it is joined', () => {
    expect([unresolved(split), ungiven(split)]).toEqual([[], []]);
    expect(joined(split)).toBe(comparable(flat));
  });

  it('has one version more of one function after that was changed, and nothing else but the record of the root', () => {
    const versions = (all: Record<string, JsonObject>): string[] =>
      Object.values(all).flatMap((it) => Object.keys(resourcesOf(it, 'AWS::Lambda::Version')));
    const fresh = versions(madeLater).filter((id) => !versions(made).includes(id));
    const [before, after] = [templatesOf(split), templatesOf(later)];
    const touched = Object.keys(after).filter((id) => JSON.stringify(after[id]) !== JSON.stringify(before[id]));
    const home = homesOf(placementOf(flat)).get('Users199');

    expect(fresh).toEqual([expect.stringMatching(/^Users199Version[0-9a-f]{10}$/)]);
    expect(versions(made).filter((id) => !versions(madeLater).includes(id))).toHaveLength(1);
    expect(touched).toEqual(['root', home]);
    expect(objectAt(after['root'], 'Resources')).toEqual(objectAt(before['root'], 'Resources'));
  });

  it('leaves every function where it is when there is one more', () => {
    const more = placeFunctions(deployed(manyFunctions(small, number + 1)).template, flat);
    const [before, after] = [homesOf(placementOf(flat)), homesOf(placementOf(more))];

    expect([...before].filter(([id, stack]) => after.get(id) !== stack)).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
  });

  it('puts them where they would be if they had come one after the other, so that a second stage is as the first', () => {
    const half = placeFunctions(deployed(manyFunctions(small, number / 2)).template, undefined);
    const grown = placeFunctions(flat, half);

    expect(placementOf(grown)['Functions2']).toEqual(placementOf(flat)['Functions2']);
  });
});

describe('routes of functions in a nested stack', () => {
  const routed = ['Users', 'Orders', 'Health', 'Analytics', 'GithubWebhook'];
  const bodyOf = (template: JsonObject | undefined): Json => {
    const [api] = Object.values(resourcesOf(template ?? {}, 'AWS::ApiGateway::RestApi'));
    const text = JSON.stringify(objectAt(api, 'Properties')['Body'] ?? null);
    // The partition, and how each side names the alias of a function.
    return JSON.parse(
      text
        .replaceAll('arn:aws:', 'arn:${AWS::Partition}:')
        .replaceAll(/\$\{(?:OrdersDomain\.Outputs\.)?(\w+?)Alias(?:live)?\}/g, '${$1}'),
    ) as Json;
  };

  it.each([
    ['as production has it', {}],
    ['with API keys and another origin', { ApiKeys: 'on', CorsOrigin: 'https://app.example.com' }],
  ])('are in the body of the API as SAM writes it, %s', async (_, parameters) => {
    const stage = readStage(repository, 'production');
    const tree = await readTree(repository, { ...stage, parameters: { ...stage.parameters, ...parameters } });
    const functions = tree.functions.map((it) => {
      const domain = routed.includes(it.logicalId)
        ? { Metadata: { ...objectAt(it.block, 'Metadata'), Aviary: { Domain: 'orders' } } }
        : {};
      return { ...it, block: { ...it.block, ...domain } };
    });
    const split = splitTemplate(placeFunctions(deployed({ ...tree, functions }).template, undefined));
    const [flat] = translate([deployed(tree).template]);
    const [nested = {}] = translated(split);
    const permissions = resourcesOf(nested['OrdersDomainRoutes'] ?? {}, 'AWS::Lambda::Permission');

    expect(Object.keys(objectAt(bodyOf(flat), 'paths')).length).toBeGreaterThan(10);
    expect(bodyOf(nested['root'])).toEqual(bodyOf(flat));
    expect(Object.keys(permissions).sort()).toEqual(routed.map((id) => `${id}FromApi`).sort());
  });
});
