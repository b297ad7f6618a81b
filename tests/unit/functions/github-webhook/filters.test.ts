import filters from '../../../../functions/github-webhook/filters.json';
import { affectedPaths } from '../../../../tools/plan/affected-paths.ts';
import { readTree } from '../../../../tools/plan/read-tree.ts';
import { readStage } from '../../../../tools/stack/read-stages.ts';

describe('filters.json', () => {
  it('says of each function what the import graph says', async () => {
    const tree = await readTree(process.cwd(), readStage(process.cwd(), 'local'));

    expect(filters).toEqual(affectedPaths(tree.functions));
  });
});
