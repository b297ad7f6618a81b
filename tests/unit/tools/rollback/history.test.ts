import { objectAt } from '../../../../tools/lib/json.ts';
import { chain, type Past } from '../../../../tools/rollback/read-history.ts';
import { compareReleases } from '../../../../tools/rollback/compare-releases.ts';
import type { RecordedFunction } from '../../../../tools/plan/record.ts';
import { aFunction, aLayer, aTree, type FunctionOptions } from '../../../support/engine/a-tree.ts';
import { deployed } from '../../../support/engine/stack-model.ts';

function recorded(options: FunctionOptions = {}): RecordedFunction {
  const { record } = deployed(
    aTree({ functions: [aFunction({ layers: ['SharedLayer'], ...options })], layers: [aLayer()] }),
  );
  const found = record.functions.get('Users');
  if (!found) throw new Error('There is no Users');
  return found;
}

const plain = recorded();
const past = (release: string, more: Partial<RecordedFunction> = {}): RecordedFunction => ({
  ...plain,
  release,
  ...more,
});
const shown = (pasts: readonly Past[]): string[] => pasts.map(({ release, end, kept }) => `${release} ${end} ${kept}`);

describe('the history of a function', () => {
  const first = past('a');
  const second = past('b', { previous: 'a' });
  const third = past('c', { previous: 'b' });

  it('follows what ran before, as far as it is known', () => {
    expect(shown(chain(third, [third, second, first]))).toEqual(['c runs true', 'b replaced true', 'a replaced true']);
    expect(shown(chain(third, [third]))).toEqual(['c runs true', 'b replaced false']);
  });

  it('has what was taken back, and what ran between it and the release that is back', () => {
    const back = past('a', { rolledBackFrom: 'c' });

    expect(shown(chain(back, [back, third, second]))).toEqual(['a runs true', 'c taken back true', 'b replaced true']);
  });

  it('has what ran before each time that a release was deployed', () => {
    const again = past('b', { previous: 'c' });

    expect(shown(chain(again, [again, third, second, first]))).toEqual([
      'b runs true',
      'c replaced true',
      'a replaced true',
    ]);
  });

  it('ends where releases would be each other’s predecessors', () => {
    expect(chain(past('a', { previous: 'b' }), [past('b', { previous: 'a' })])).toHaveLength(2);
  });
});

describe('compareReleases', () => {
  const kinds = (after: RecordedFunction, before = plain): string[] =>
    compareReleases(before, after).map(({ kind, detail }) => `${kind}: ${detail}`);

  it('names files, packages and configuration', () => {
    expect(kinds(recorded({ text: 'other' }))).toEqual(['code: functions/users/handler.ts']);
    expect(kinds(recorded({ packages: { zod: '4.1.0 x' } }))).toEqual(['dependency: zod added: 4.1.0']);
    expect(kinds(recorded({ properties: { MemorySize: 512 } }))).toEqual(['config: MemorySize 256 → 512']);
    expect(kinds(plain, recorded({ properties: { MemorySize: 512 } }))).toEqual(['config: MemorySize 512 → 256']);
  });

  it('says nothing of the same release, nor of another version of its layers', () => {
    expect(kinds(plain)).toEqual([]);
    const changed = recorded({ text: 'other' });
    const pinned = { ...changed.block, Properties: { ...objectAt(changed.block, 'Properties'), Layers: ['arn:1'] } };
    expect(kinds({ ...changed, block: pinned })).toEqual(['code: functions/users/handler.ts']);
  });
});
