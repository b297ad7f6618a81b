import type { Artifacts } from '../../../../tools/promote/artifacts.ts';
import { promotable, promotedTree } from '../../../../tools/promote/promoted-tree.ts';
import { aCommit, aFunction, aLayer, aTree } from '../../../support/engine/a-tree.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const layers = ['SharedLayer'];
const users = aFunction({ name: 'users', layers });
const older = aLayer({ modules: { respond: '1' } });
const newer = aLayer({ modules: { respond: '1', idle: '2' } });
const tree = aTree({ stage: 'production', functions: [users], layers: [newer] });

function anArtifacts(parts: Partial<Artifacts> = {}): Artifacts {
  const { name, code, files, packages } = older;
  return {
    version: 1,
    stage: 'staging',
    commit: tree.commit,
    functions: { Users: { name: 'users', code: users.code, package: 'e'.repeat(64) } },
    layers: { SharedLayer: { name, code, package: 'f'.repeat(64), files: { ...files }, packages: { ...packages } } },
    ...parts,
  };
}

describe('promotedTree', () => {
  it('has the layers that the other stage runs, not those of the tree', () => {
    const [layer] = promotedTree(tree, anArtifacts()).layers;

    expect(layer).toMatchObject({ code: older.code, files: older.files, release: older.release });
  });

  it('has functions and configuration of the tree', () => {
    const { layers: _, ...rest } = promotedTree(tree, anArtifacts());
    const { layers: _layers, ...own } = tree;

    expect(rest).toEqual(own);
  });

  it('refuses artifacts of another commit', () => {
    expect(failureOf(() => promotedTree(tree, anArtifacts({ commit: aCommit('f') }))).problem).toBe(
      `The artifacts were collected at ${aCommit('f')}, and this is ${tree.commit}.`,
    );
  });
});

describe('promotable', () => {
  const promoted = promotedTree(tree, anArtifacts());

  it('names what moves and has a package', () => {
    expect(promotable(promoted, new Set(['Users', 'SharedLayer', 'Queue']), anArtifacts())).toEqual([
      'Users',
      'SharedLayer',
    ]);
  });

  it('refuses a function that the other stage does not run', () => {
    const failure = failureOf(() => promotable(promoted, new Set(['Users']), anArtifacts({ functions: {} })));

    expect(failure.problem).toBe('staging does not run users as the tree has it, so production does not get it.');
  });

  it('refuses a function that the other stage runs with other code', () => {
    const functions = { Users: { name: 'users', code: 'a'.repeat(64), package: 'e'.repeat(64) } };
    const failure = failureOf(() => promotable(promoted, new Set(['Users']), anArtifacts({ functions })));

    expect(failure.problem).toContain('staging does not run users');
  });

  it('does not ask for what stays', () => {
    expect(promotable(promoted, new Set(['Queue']), anArtifacts({ functions: {} }))).toEqual([]);
  });
});
