// Needs the sample domain, and goes with it: aviary begin.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dump } from 'js-yaml';
import { environmentFolder } from '../../tools/lib/python-tools.ts';
import { compose } from '../../tools/plan/compose.ts';
import { makePlan } from '../../tools/plan/plan.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import { selectAll } from '../../tools/plan/select.ts';
import { describeChange } from '../../tools/report/pull-request/describe-change.ts';
import { broken } from '../../tools/report/pull-request/pull-request-change.ts';
import { readChange } from '../../tools/report/pull-request/read-change.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { repository } from '../support/cloud.ts';
import { TrackedCopy } from '../support/tracked-copy.ts';

describe('the report of a pull request', () => {
  let copy: TrackedCopy;
  let base: string;
  beforeAll(() => {
    copy = new TrackedCopy();
    mkdirSync(join(copy.root, '.aviary'));
    symlinkSync(dirname(environmentFolder(repository, 'sam')), join(copy.root, '.aviary', 'venv'), 'junction');
    base = copy.commit('Base');
  });
  beforeEach(() => {
    copy.git('switch', '--quiet', '--discard-changes', '--force-create', 'work', base);
    copy.git('clean', '--quiet', '--force', '-d');
    copy.git('branch', '--force', 'main', base);
  });
  afterAll(() => {
    copy.remove();
  });
  const report = async (more: { deployed?: string } = {}): Promise<string> =>
    describeChange(await readChange(copy.root, { stage: 'staging', base: 'main', ...more }));

  test('says that prose and a comment change no function, and leaves branch, files and worktrees as they were', async () => {
    copy.edit('README.md', '# Aviary', '# Birds');
    copy.edit('functions/users/handler.ts', /^/, '// A comment.\n');
    copy.commit('Words');
    copy.write('functions/health/new file.ts', 'export {};\n');

    const text = await report();

    expect(text).toContain('## No function changes');
    expect(text).not.toContain('### Also deployed');
    expect(text).not.toContain('### Cost');
    expect(copy.git('status', '--short', '--branch')).toBe('## work\n?? "functions/health/new file.ts"\n');
    expect(copy.git('worktree', 'list').trim().split('\n')).toHaveLength(1);
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('aviary-base-'))).toEqual([]);
  });

  test('tells functions, reasons, sizes, rights, replacements, and the traffic per stage', async () => {
    copy.edit('functions/health/handler.ts', /$/, "\nprocess.emitWarning('changed');\n");
    copy.edit('template.yaml', '- dynamodb:PutItem', '- dynamodb:PutItem\n                - dynamodb:Scan');
    copy.edit('infra/data.yaml', 'TableName: !Sub ${App}-main-', 'TableName: !Sub ${App}-other-');
    copy.edit('samconfig.toml', '"Stage=production",', '"Stage=production", "Waf=on",');
    copy.commit('Changes');

    const text = await report();

    expect(text).toMatch(/## 10 of \d+ functions change/);
    expect(text).toMatch(
      /\| `health` \| changed \| code: `functions\/health\/handler\.ts`.* \| \d+ → \d+ \| all at once \| 10 % for 5 minutes, then all \|/,
    );
    expect(text).toMatch(/\| `users` \| changed \| config: `Policies/);
    expect(text).toContain('### New rights\n\n- :lock: `template.yaml UsersRole`: `dynamodb:Scan on');
    expect(text).toMatch(/### Cost a month, .+\n\n- production: \*\*\+\$11\.82\*\* .+: `Firewall\/WebAcl` \+\$11\.60/);
    expect(text).toContain('- :warning: `infra/data.yaml Table` (`AWS::DynamoDB::Table`): replaced, for `TableName`');
    expect(text).toContain('- resource `Data`: changed (content: `infra/data.yaml`)');
  });

  test('compares what the two lock files name, without installing the packages of the base', async () => {
    const version = /("node_modules\/zod": \{\s+"version": ")[^"]+/;
    const [, now] = /"node_modules\/zod": \{\s+"version": "([^"]+)/.exec(copy.read('package-lock.json')) ?? [];
    const lock = copy.read('package-lock.json');
    copy.edit('package-lock.json', version, '$14.0.0');
    copy.commit('Older');
    copy.git('branch', '--force', 'main');
    copy.write('package-lock.json', lock);
    copy.commit('Newer');

    expect(await report()).toContain(`dependency: \`zod 4.0.0 → ${now ?? ''}\``);
  });

  test('says what AWS would refuse', async () => {
    const index = (name: string): string =>
      `- { IndexName: ${name}, KeySchema: [{ AttributeName: gsi1pk, KeyType: HASH }], Projection: { ProjectionType: ALL } }\n        `;
    copy.edit('infra/data.yaml', '- IndexName: gsi1', `${index('gsi3')}${index('gsi4')}- IndexName: gsi1`);
    copy.edit('template.yaml', 'POWERTOOLS_SERVICE_NAME: users', `POWERTOOLS_SERVICE_NAME: ${'x'.repeat(4096)}`);
    copy.commit('Too much');

    const change = await readChange(copy.root, { stage: 'staging', base });

    expect(broken(change)).toEqual([
      expect.stringMatching(/^The environment of users has 4\d{3} bytes; Lambda takes 4096\.$/),
      'infra/data.yaml Table changes 2 indexes; DynamoDB takes one per update.',
    ]);
    expect(describeChange(change)).toContain('### Would fail');
  });

  test('compares with what is deployed where that is given, and tells of a change of the tools', async () => {
    const tree = await readTree(copy.root, readStage(copy.root, 'staging'));
    const selection = selectAll(tree, undefined, makePlan(tree, undefined));
    const template = compose({ tree, record: undefined, selection, layerArns: {}, prefix: '' });
    copy.edit('functions/health/handler.ts', /$/, "\nprocess.emitWarning('merged, not deployed');\n");
    copy.commit('Merged');
    copy.git('branch', '--force', 'main');
    copy.edit('tools/tree/release.ts', /$/, '\n// Another line.\n');
    copy.commit('Work');
    copy.write('.aviary/deployed.yaml', dump(template, { noRefs: true }));

    const against = await report({ deployed: join(copy.root, '.aviary', 'deployed.yaml') });

    expect(against).toContain('Compared with what runs in staging');
    expect(against).toMatch(/## 1 of \d+ functions changes/);
    expect(against).toContain('### How it is built\n\n- `tools/tree/release.ts`');
  });

  test.each(['nowhere', '--help', '0000000000000000000000000000000000000000'])(
    'names the next step for the base %s',
    async (name) => {
      await expect(readChange(copy.root, { stage: 'staging', base: name })).rejects.toThrow(
        `${name} is no commit of this clone. Fetch it`,
      );
    },
  );

  test('names the next step in a shallow clone without the base', async () => {
    copy.edit('README.md', '# Aviary', '# Birds');
    copy.commit('Second');
    const folder = mkdtempSync(join(tmpdir(), 'aviary-shallow-'));
    execFileSync('git', ['clone', '--quiet', '--depth', '1', `file://${copy.root}`, folder]);

    await expect(readChange(folder, { stage: 'staging', base })).rejects.toThrow('a shallow clone needs --unshallow');
    rmSync(folder, { recursive: true });
  });
});
