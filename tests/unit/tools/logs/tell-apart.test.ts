import { tellApart } from '../../../../tools/logs/tell-apart.ts';

const line = { functionName: 'aviary-users-local', at: 1, stream: 'a', message: 'Same' };

describe('tellApart', () => {
  it('keeps equal lines of one millisecond apart', () => {
    expect([...tellApart([line, line]).values()]).toEqual([line, line]);
  });

  it('gives what is read again the keys that it had', () => {
    const first = tellApart([line, line, { ...line, message: 'Other' }]);
    const again = tellApart([line, line, { ...line, message: 'Other' }, { ...line, at: 2 }]);

    expect([...again.keys()].filter((key) => !first.has(key))).toHaveLength(1);
  });
});
