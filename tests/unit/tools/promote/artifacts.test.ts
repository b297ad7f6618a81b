import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../../../tools/lib/json.ts';
import { readArtifacts, type Artifacts } from '../../../../tools/promote/artifacts.ts';
import { takePackages } from '../../../../tools/promote/take-packages.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';
import { failureOf } from '../../../support/engine/failure-of.ts';

const artifacts: Artifacts = {
  version: 1,
  stage: 'staging',
  commit: 'unknown',
  functions: { Users: { name: 'users', code: 'a'.repeat(64), package: sha256('the zip') } },
  layers: {},
};

describe('readArtifacts', () => {
  it('gives back what was written', () => {
    expect(readArtifacts(aFolder({ 'artifacts.json': JSON.stringify(artifacts) }))).toEqual(artifacts);
  });

  it.each([
    ['a folder without them', {}, /artifacts\.json cannot be read/],
    ['no JSON', { 'artifacts.json': '{' }, /artifacts\.json cannot be read/],
    ['another version', { 'artifacts.json': '{"version":9}' }, /have version 9, known is 1/],
    ['another form', { 'artifacts.json': '{"version":1}' }, /are not usable: stage/],
    [
      'a package that leads out of the folder',
      { 'artifacts.json': JSON.stringify({ ...artifacts, functions: { '../Users': artifacts.functions['Users'] } }) },
      /are not usable: functions/,
    ],
  ])('refuses %s', (_name, files, said) => {
    expect(failureOf(() => readArtifacts(aFolder(files))).problem).toMatch(said);
  });
});

describe('takePackages', () => {
  it('copies a package that is what was recorded', () => {
    const [from, to] = [aFolder({ 'Users.zip': 'the zip' }), join(aFolder(), 'packages')];

    const taken = takePackages(['Users'], artifacts, from, to);

    expect(taken).toEqual({ Users: join(to, 'Users.zip') });
    expect(readFileSync(join(to, 'Users.zip'), 'utf8')).toBe('the zip');
  });

  it.each([
    ['another package', { 'Users.zip': 'another zip' }],
    ['one that is not there', {}],
  ])('refuses %s', (_name, files) => {
    const from = aFolder(files);
    writeFileSync(join(from, 'Other.zip'), 'the zip');

    const failure = failureOf(() => takePackages(['Users'], artifacts, from, aFolder()));

    expect(failure.problem).toContain('Users.zip is not the package that staging runs');
  });

  it('refuses what was not collected', () => {
    expect(failureOf(() => takePackages(['Orders'], artifacts, aFolder(), aFolder())).problem).toContain(
      'recorded none',
    );
  });
});
