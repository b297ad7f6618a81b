import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addBlocks, removeEntries } from '../../../../tools/scaffold/edit-template.ts';
import { functionNames } from '../../../../tools/scaffold/names.ts';
import { ownBlocks } from '../../../../tools/scaffold/own-blocks.ts';
import { renderBlocks } from '../../../../tools/scaffold/render.ts';
import { triggers, type Trigger } from '../../../../tools/scaffold/triggers.ts';
import { parseTemplate } from '../../../../tools/template/read-template.ts';
import { repository } from '../../../support/engine/a-folder.ts';

const small = `# The head

Parameters:
  # Of a
  A: { Type: String }
  B: { Type: String }

Resources:
  # --- one
  One:
    Type: A::B # kept
    Properties: { Name: !Sub 'x-\${A}' }

  # --- two
  # has two lines
  Two:
    Type: >-
      A::B

  Three: { Type: 'A::B' }

# --- what it shows
Outputs:
  Shown: { Value: !Ref Two }
`;

describe('addBlocks', () => {
  it('puts blocks at the end of a section and leaves the rest as it is', () => {
    const added = addBlocks(small, 'Resources', '\n  Four:\n    Type: A::B\n');

    expect(added).toBe(small.replace("'A::B' }\n", "'A::B' }\n\n  Four:\n    Type: A::B\n"));
  });

  it('makes a section that is missing', () => {
    expect(addBlocks('Resources:\n  A: {}\n', 'Outputs', '  B: {}\n')).toBe(
      'Resources:\n  A: {}\n\nOutputs:\n  B: {}\n',
    );
  });
});

describe('removeEntries', () => {
  it('takes an entry with its comment and the empty line above it', () => {
    const left = removeEntries(small, 'Resources', new Set(['Two']));

    expect(left).toBe(small.replace(/\n {2}# --- two[^]*?A::B\n/, ''));
  });

  it('leaves a comment that belongs to the next section', () => {
    const left = removeEntries(small, 'Resources', new Set(['Three']));

    expect(left).toBe(small.replace("\n  Three: { Type: 'A::B' }\n", ''));
  });

  it('takes the section with its last entry', () => {
    const left = removeEntries(small, 'Outputs', new Set(['Shown']));

    expect(left).toBe(small.slice(0, small.indexOf('\n# --- what it shows')));
  });
});

describe('the blocks of a new function', () => {
  const template = readFileSync(join(repository, 'template.yaml'), 'utf8');

  it.each(Object.keys(triggers))('come and go with %s without another byte of template.yaml', (trigger) => {
    const it = { ...functionNames('new-thing'), trigger: trigger as Trigger, path: '/new-things' };
    const { resources, outputs } = renderBlocks(it, repository);
    const added = addBlocks(addBlocks(template, 'Resources', resources), 'Outputs', outputs);

    const own = ownBlocks(parseTemplate(added, 'template.yaml'), ['NewThing'], '');
    const left = removeEntries(
      removeEntries(added, 'Outputs', new Set(own.Outputs)),
      'Resources',
      new Set(own.Resources),
    );

    expect(added).toContain('new-thing');
    expect(left).toBe(template);
    expect([...own.Parameters, ...own.Conditions]).toEqual([]);
  });
});
