import { findDifference } from '../../../../functions/traffic-hook/find-difference.ts';

describe('findDifference', () => {
  it.each([
    [{ statusCode: 200 }, { statusCode: 200, body: '{}' }],
    [{ batchItemFailures: [] }, { batchItemFailures: [], state: {} }],
    [{ a: { b: [1, { c: null }] } }, { a: { b: [1, { c: null, d: 2 }], e: 3 } }],
    ['text', 'text'],
    [null, null],
  ])('finds none between %j and %j', (expected, answer) => {
    expect(findDifference(expected, answer)).toBeUndefined();
  });

  it.each([
    [{ statusCode: 200 }, { statusCode: 500 }, 'statusCode'],
    [{ statusCode: 200 }, null, 'the answer'],
    [{ statusCode: 200 }, { errorMessage: 'broken' }, 'statusCode'],
    [{ batchItemFailures: [] }, { batchItemFailures: [{ itemIdentifier: '1' }] }, 'batchItemFailures'],
    [{ batchItemFailures: [] }, { batchItemFailures: {} }, 'batchItemFailures'],
    [{ a: { b: [1, 2] } }, { a: { b: [1, 3] } }, 'a.b.1'],
    [[], {}, 'the answer'],
  ])('says where %j is not in %j', (expected, answer, path) => {
    expect(findDifference(expected, answer)).toBe(path);
  });
});
