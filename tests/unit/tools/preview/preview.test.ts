import { expired, readLastDay, readPreviewName, type Preview } from '../../../../tools/preview/preview.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const now = new Date('2026-12-24T23:59:00Z');
const preview = (name: string, expires: string | null): Preview => ({
  name,
  stackName: `aviary-preview-${name}`,
  state: 'CREATE_COMPLETE',
  expires,
  url: null,
});

describe('readPreviewName', () => {
  it.each(['pr-1', 'pr-123', 'pr-999999'])('takes %s', (name) => {
    expect(readPreviewName(name)).toBe(name);
  });

  it.each([
    'local',
    'staging',
    'production',
    'preview',
    'pr-',
    'pr-0',
    'pr-01',
    'pr-1000000',
    'pr-1a',
    'PR-1',
    'pr-1\n',
  ])('refuses %j', (name) => {
    const { problem, next } = failureOf(() => readPreviewName(name));

    expect(problem).toBe(`${name} is no name of a preview.`);
    expect(next).toBe('Name it after its pull request: --name pr-123.');
  });

  it('asks for one where there is none', () => {
    expect(failureOf(() => readPreviewName(undefined)).problem).toBe('Which preview?');
  });
});

describe('readLastDay', () => {
  it.each([
    ['1', '2026-12-25'],
    ['3', '2026-12-27'],
    ['30', '2027-01-23'],
  ])('is %s days from now', (days, day) => {
    expect(readLastDay(days, now)).toBe(day);
  });

  it.each(['0', '31', '-1', '1.5', '', 'three'])('refuses %j', (days) => {
    expect(failureOf(() => readLastDay(days, now)).problem).toBe(`--days ${days} is no number that it takes.`);
  });
});

describe('expired', () => {
  it('has those whose last day is over, and those without one', () => {
    const previews = [
      preview('pr-1', '2026-12-23'),
      preview('pr-2', '2026-12-24'),
      preview('pr-3', '2027-01-01'),
      preview('pr-4', null),
    ];

    expect(expired(previews, now).map(({ name }) => name)).toEqual(['pr-1', 'pr-4']);
  });
});
