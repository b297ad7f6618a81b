import { readFlagRows, withFlag } from '../../../../tools/flags/flag-document.ts';

const declared = {
  version: '1',
  flags: { caching: { name: 'Cache' }, fresh: { name: 'New in the template' } },
  values: { caching: { enabled: true }, fresh: { enabled: false } },
};
const deployed = {
  version: '1',
  flags: { caching: { name: 'Cache' }, former: { name: 'Not in the template any more' } },
  values: { caching: { enabled: false, size: 7 }, former: { enabled: true } },
};

describe('the flags of a stage', () => {
  it('are those of the template, as they are deployed or else as the template has them', () => {
    expect(readFlagRows(deployed, declared)).toEqual([
      { name: 'caching', description: 'Cache', on: false, template: true },
      { name: 'fresh', description: 'New in the template', on: false, template: false },
    ]);
  });

  it('get a version with one of them changed, and everything else as it is deployed', () => {
    expect(withFlag(deployed, declared, 'caching', true)).toEqual({
      version: '1',
      flags: { ...declared.flags, ...deployed.flags },
      values: { caching: { enabled: true, size: 7 }, fresh: { enabled: false }, former: { enabled: true } },
    });
  });

  it('get a version with a flag that was never deployed', () => {
    expect(withFlag({}, declared, 'fresh', true)).toEqual({
      ...declared,
      values: { caching: { enabled: true }, fresh: { enabled: true } },
    });
  });
});
