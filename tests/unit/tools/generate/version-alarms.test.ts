import { renderVersionAlarms, withoutVersionAlarms } from '../../../../tools/generate/render-version-alarms.ts';
import { trafficChecks } from '../../../../tools/generate/traffic-checks.ts';
import { objectAt } from '../../../../tools/lib/json.ts';
import { parseTemplate } from '../../../../tools/template/read-template.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';

const file = `Resources:
  # Alarms of versions: written by \`npm run aviary -- generate\` from the functions, do not edit
  StaleVersionErrors: {}
  # End of alarms of versions
  Users: {}
`;
const functions = [
  { name: 'authorizer', logicalId: 'Authorizer', errorsCount: false },
  { name: 'users', logicalId: 'Users', errorsCount: true },
];
const idsOf = (text: string): string[] => Object.keys(objectAt(parseTemplate(text, 'template.yaml'), 'Resources'));

describe('the alarms of new versions', () => {
  it('are two of each function, the same when they are made again, and gone when they are taken out', () => {
    const once = renderVersionAlarms(file, functions);
    const own = functions.flatMap(({ logicalId }) => [`${logicalId}VersionErrors`, `${logicalId}VersionDuration`]);

    expect(idsOf(once)).toEqual([...own, 'Users']);
    expect(renderVersionAlarms(once, functions)).toBe(once);
    expect(idsOf(withoutVersionAlarms(once))).toEqual(['Users']);
  });
});

describe('the checks of new versions', () => {
  const users = { name: 'users', folder: 'functions/users' };
  const check = (event: unknown) => JSON.stringify([{ what: 'it lists users', event, answer: { statusCode: 200 } }]);

  it('have sample events written in, and none of the hook itself', () => {
    const root = aFolder({
      'functions/users/traffic-check.json': check('events/list.json'),
      'functions/users/events/list.json': '{"path":"/users"}',
    });

    expect(trafficChecks([users, { name: 'traffic-hook', folder: 'functions/traffic-hook' }], root)).toEqual({
      users: [{ what: 'it lists users', event: { path: '/users' }, answer: { statusCode: 200 } }],
    });
  });

  it.each([
    ['none', {}, 'functions/users/traffic-check.json is not there'],
    ['an empty list', { 'functions/users/traffic-check.json': '[]' }, 'is no list of checks'],
    [
      'a sample that is not there',
      { 'functions/users/traffic-check.json': check('events/gone.json') },
      'events/gone.json',
    ],
  ])('are asked for where a function has %s', (_what, files, message) => {
    expect(() => trafficChecks([users], aFolder(files))).toThrow(message);
  });
});
