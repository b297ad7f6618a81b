import { hashLocalFile, isLocalPath, localFiles, mapLocalPaths } from '../../../../tools/template/local-files.ts';
import { aFolder, put } from '../../../support/engine/a-folder.ts';

describe('isLocalPath', () => {
  it.each(['infra/data.yaml', './a.json', '../a.yaml'])('takes %s for a path', (path) => {
    expect(isLocalPath(path)).toBe(true);
  });

  it.each(['s3://bucket/key', 'https://example.com/a', '/etc/passwd', '', undefined, 1, { Ref: 'X' }, ['a']])(
    'takes %j for none',
    (value) => {
      expect(isLocalPath(value)).toBe(false);
    },
  );
});

describe('localFiles', () => {
  const root = aFolder({ 'infra/a.yaml': 'A: 1', 'api.json': '{}' });

  it.each(['TemplateURL', 'Location', 'DefinitionUri', 'SchemaUri'])('finds the file that %s names', (property) => {
    expect(localFiles({ Properties: { Deep: [{ [property]: 'api.json' }] } }, root)).toEqual(['api.json']);
  });

  it('passes over other properties, other addresses, folders, and files that are not there', () => {
    const block = {
      Description: 'api.json',
      A: { Location: 's3://bucket/api.json' },
      B: { Location: 'infra' },
      C: { Location: 'elsewhere.json' },
      D: { Location: { Ref: 'api.json' } },
    };

    expect(localFiles(block, root)).toEqual([]);
  });

  it('replaces the paths and nothing else', () => {
    const block = { Type: 'x', Properties: { TemplateURL: 'infra/a.yaml', Name: 'infra/a.yaml', List: [1] } };

    expect(mapLocalPaths(block, root, (path) => `up/${path}`)).toEqual({
      Type: 'x',
      Properties: { TemplateURL: 'up/infra/a.yaml', Name: 'infra/a.yaml', List: [1] },
    });
  });
});

describe('hashLocalFile', () => {
  const outer = 'Resources:\n  Inner:\n    Properties:\n      TemplateURL: deep/inner.yaml\n';
  const files = { 'infra/outer.yaml': outer, 'infra/deep/inner.yaml': 'Resources: { A: { Type: x } }\n' };
  const hashAfter = (changes: Record<string, string>, path = 'infra/outer.yaml'): string => {
    const root = aFolder(files);
    put(root, changes);
    return hashLocalFile(path, root);
  };

  it('does not change with a comment, or with the order of keys, in a template', () => {
    const reordered = '# why\nResources:\n    A:\n        Type: "x" # here\n';

    expect(hashAfter({ 'infra/deep/inner.yaml': reordered })).toBe(hashAfter({}));
    expect(hashAfter({ 'infra/outer.yaml': `# why\n${outer}` })).toBe(hashAfter({}));
  });

  it('changes with the template', () => {
    expect(hashAfter({ 'infra/outer.yaml': `${outer}Outputs: {}\n` })).not.toBe(hashAfter({}));
  });

  it('changes with a template that a nested template nests, as seen from that one', () => {
    expect(hashAfter({ 'infra/deep/inner.yaml': 'Resources: { A: { Type: y } }\n' })).not.toBe(hashAfter({}));
  });

  it('changes with each byte of a file that is no template', () => {
    const [a, b] = ['type A', 'type A # comment'].map((text) =>
      hashAfter({ 'schema.graphql': text }, 'schema.graphql'),
    );

    expect(a).not.toBe(b);
  });
});
