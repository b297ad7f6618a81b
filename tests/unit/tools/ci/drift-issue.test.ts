import { driftIssue } from '../../../../tools/ci/drift-issue.ts';
import { aFolder } from '../../../support/engine/a-folder.ts';

interface Issue {
  number: number;
  title: string;
  body: string;
  state: string;
}

/** GitHub's issues as far as the script uses them, kept in memory. */
class FakeGitHub {
  readonly issues: Issue[] = [];
  readonly rest = {
    issues: {
      listForRepo: 'listForRepo',
      create: (made: Omit<Issue, 'number' | 'state'>): Promise<void> => {
        this.issues.push({ ...made, number: this.issues.length + 1, state: 'open' });
        return Promise.resolve();
      },
      update: ({ issue_number: number, ...change }: Partial<Issue> & { issue_number: number }): Promise<void> => {
        const issue = this.issues.find((it) => it.number === number);
        if (!issue) throw new Error('Not Found');
        Object.assign(issue, change);
        return Promise.resolve();
      },
    },
  };
  paginate(): Promise<Issue[]> {
    return Promise.resolve(this.issues.filter(({ state }) => state === 'open'));
  }
}

const good = '## staging: runs what its stack says\n';
const bad = '## production: runs something that its stack does not say\n\n- function `users`: live runs another\n';

describe('driftIssue', () => {
  const look = async (github: FakeGitHub, files: Record<string, string>, looked = true): Promise<void> => {
    await driftIssue({ github, repo: { owner: 'birds', repo: 'aviary' }, folder: aFolder(files), looked });
  };

  it('opens nothing while there is no drift', async () => {
    const github = new FakeGitHub();

    await look(github, { 'drift-staging.md': good });

    expect(github.issues).toEqual([]);
  });

  it('opens one issue, keeps it up to date, and closes it', async () => {
    const github = new FakeGitHub();

    await look(github, { 'drift-staging.md': good, 'drift-production.md': bad });
    await look(github, { 'drift-staging.md': good, 'drift-production.md': `${bad}- function \`orders\`: gone\n` });
    const [open] = github.issues.map((issue) => ({ ...issue }));
    await look(github, { 'drift-staging.md': good, 'drift-production.md': good });

    expect(open).toMatchObject({ number: 1, state: 'open' });
    expect(open?.body).toContain('`orders`');
    expect(github.issues).toHaveLength(1);
    expect(github.issues[0]?.state).toBe('closed');
  });

  it('does not close it where a stage could not be looked at', async () => {
    const github = new FakeGitHub();
    await look(github, { 'drift-production.md': bad });

    await look(github, { 'drift-staging.md': good }, false);

    expect(github.issues[0]?.state).toBe('open');
    expect(github.issues[0]?.body).toContain('Not every stage could be looked at');
  });

  it("leaves other people's issues alone", async () => {
    const github = new FakeGitHub();
    await github.rest.issues.create({ title: 'Mine', body: 'Something else' });

    await look(github, { 'drift-production.md': bad });

    expect(github.issues.map(({ title }) => title)).toEqual([
      'Mine',
      'A stage runs something that its stack does not say',
    ]);
  });
});
