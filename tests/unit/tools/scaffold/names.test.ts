import { Failure } from '../../../../tools/lib/failure.ts';
import { functionNames } from '../../../../tools/scaffold/names.ts';
import { readPath, readTrigger } from '../../../../tools/scaffold/triggers.ts';

describe('functionNames', () => {
  it.each([
    ['users', 'Users', 'users'],
    ['order-totals', 'OrderTotals', 'orderTotals'],
    ['s3-to-s3', 'S3ToS3', 's3ToS3'],
    ['a'.repeat(31), `A${'a'.repeat(30)}`, 'a'.repeat(31)],
  ])('calls the resources and types of %s', (name, pascal, camel) => {
    expect(functionNames(name)).toEqual({ name, pascal, camel });
  });

  it.each(['', 'Users', 'a_b', '-a', 'a-', 'a--b', '1a', 'a.b', '../a', 'a'.repeat(32), 'code', 'changes'])(
    'refuses %j',
    (name) => {
      expect(() => functionNames(name)).toThrow(Failure);
    },
  );
});

describe('readTrigger', () => {
  it('takes one that there is', () => {
    expect(readTrigger('sqs')).toBe('sqs');
  });

  it.each([
    ['queue', 'There is no trigger queue.'],
    ['toString', 'There is no trigger toString.'],
    [undefined, 'What makes the function run?'],
  ])('refuses %s and names those that there are', (value, problem) => {
    expect(() => readTrigger(value)).toThrow(
      expect.objectContaining({ problem, next: expect.stringMatching(/api.*event/) as string }) as Failure,
    );
  });
});

describe('readPath', () => {
  it.each(['/things', '/things/{id}', '/a/{aId}/b-2/{bId}'])('takes %s', (path) => {
    expect(readPath(path)).toBe(path);
  });

  it.each(['', '/', 'things', '/things/', '/Things', "/a'b", '/{}', '/{proxy+}', '/a b'])('refuses %j', (path) => {
    expect(() => readPath(path)).toThrow(Failure);
  });
});
