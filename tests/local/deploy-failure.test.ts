// Needs the sample domain, and goes with it: aviary begin.
import { aviary, type Outcome } from '../support/aviary.ts';
import { published, useStage, type Running } from '../support/aviary-stage.ts';
import { apiAt } from '../support/http.ts';

/** Made after the function was changed, and refused then. */
const impossibleQueue = `
  Impossible:
    Type: AWS::SQS::Queue
    DependsOn: Users
    Properties:
      VisibilityTimeout: impossible
`;

describe('a deploy that fails after it has changed a function', () => {
  const stage = useStage();
  let before: Running, outcome: Outcome;
  beforeAll(async () => {
    before = await stage().running();
    stage().clone.edit('functions/users/get-user.ts', 'status: 200', 'status: 202');
    stage().clone.edit('template.yaml', /\nOutputs:/, `${impossibleQueue}\nOutputs:`);
    outcome = await aviary(stage().clone.root, ['deploy']);
  });

  it('says which resource was refused, that nothing is lost, and ends with 2', () => {
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(/^Impossible \(AWS::SQS::Queue\): .+\nsam deploy failed \(exit code 1\)\.$/m);
    expect(outcome.stderr).toMatch(/nothing is lost: what was not deployed is in the next plan\.\n$/);
    expect(outcome.stdout).toBe('');
  });

  it('leaves the version that ran behind the alias, and the record of it', async () => {
    const { users, ...others } = await stage().running();
    const { users: earlier, ...otherEarlier } = before;

    expect(others).toEqual(otherEarlier);
    expect([users.version, users.codeSha256, users.layers]).toEqual([
      earlier.version,
      earlier.codeSha256,
      earlier.layers,
    ]);
    await expect(stage().stackState()).resolves.toBe('UPDATE_ROLLBACK_COMPLETE');
    await expect(stage().differing()).resolves.toEqual(['function users changed', 'resource Impossible new']);
  });

  it('answers with the code that ran', async () => {
    const api = apiAt(await stage().apiUrl());
    const made = await api<{ id: string }>('POST', '/users', { body: { email: 'one@example.com', name: 'One' } });

    const found = await api('GET', `/users/${made.body.data.id}`);

    expect(found.status).toBe(200);
  });

  it('deploys what was left once the cause is mended', async () => {
    stage().clone.git('checkout', '--quiet', 'template.yaml');

    await stage().deploy();

    const after = await stage().running();
    const fresh = published(before, after);
    expect(Object.keys(fresh)).toEqual(['users']);
    expect(fresh['users']?.at(-1)).toBe(after.users.version);
    await expect(stage().differing()).resolves.toEqual([]);
    await expect(stage().stackState()).resolves.toBe('UPDATE_COMPLETE');
  });
});
