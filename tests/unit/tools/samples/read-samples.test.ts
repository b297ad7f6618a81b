import { findSample, readSamples } from '../../../../tools/samples/read-samples.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const root = aFolder({
  'functions/users/events/a-create.json': '{"httpMethod":"POST"}',
  'functions/users/events/list.json': '{"httpMethod":"GET"}',
  'functions/users/events/list.txt': 'no event',
  'functions/queue/events/bad-refused.json': '{}',
  'functions/queue/events/batch.json': '{"Records":[]}',
});

describe('the sample events of a function', () => {
  it('are the files of its folder, with what their names and methods say', () => {
    expect(readSamples(root, 'users')).toEqual([
      { name: 'a-create', event: { httpMethod: 'POST' }, isReading: false, isRefused: false },
      { name: 'list', event: { httpMethod: 'GET' }, isReading: true, isRefused: false },
    ]);
    expect(readSamples(root, 'queue').map(({ isRefused }) => isRefused)).toEqual([true, false]);
    expect(readSamples(root, 'other')).toEqual([]);
  });

  it.each([
    ['that reads alone, where there is one', 'users', undefined, 'list'],
    ['that succeeds', 'queue', undefined, 'batch'],
    ['that is named', 'users', 'a-create', 'a-create'],
    ['that is named, and refused', 'queue', 'bad-refused', 'bad-refused'],
  ])('have the one %s', (_which, name, wanted, found) => {
    expect(findSample(root, name, wanted).name).toBe(found);
  });

  it.each([
    ['users', 'lost', 'Did you mean list? There are a-create, list.'],
    ['other', undefined, 'Put one into functions/other/events: npm run aviary -- test-event new other NAME.'],
  ])('are named where %s has no %s', (name, wanted, next) => {
    expect(failureOf(() => findSample(root, name, wanted)).next).toBe(next);
  });
});
