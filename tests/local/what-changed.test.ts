// Needs the sample domain, and goes with it: aviary begin.
import { InvokeCommand, ResourceNotFoundException } from '@aws-sdk/client-lambda';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { explain } from '../../tools/plan/explain.ts';
import { makePlan, type Plan } from '../../tools/plan/plan.ts';
import { readStack } from '../../tools/stack/read-stack.ts';
import { localStage, readStage } from '../../tools/template/read-stages.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import { aviaryJson } from '../support/aviary.ts';
import { published, useStage, without, type Running, type RunningFunction } from '../support/aviary-stage.ts';
import type { Clone } from '../support/clone.ts';
import { codeEdits } from '../support/edits/code-edits.ts';
import type { Changes } from '../support/edits/edit-case.ts';
import { addInvoices, invoices, retarget, templateEdits } from '../support/edits/template-edits.ts';

/** A package that is locked (the tools have it) and that no function uses. */
const single = 'fastest-levenshtein';

describe('after a deploy', () => {
  const stage = useStage();
  afterEach(() => {
    stage().clone.git('reset', '--quiet', '--soft', first);
    stage().clone.reset();
  });
  let first = '';
  beforeAll(() => {
    first = stage().clone.git('rev-parse', 'HEAD').trim();
  });

  const changesOf = (plan: Plan): Changes =>
    Object.fromEntries(
      plan.items
        .filter(({ change }) => change !== 'unchanged')
        .map(({ kind, name, change, reasons }) => [
          `${kind} ${name} ${change}`,
          reasons.map((reason) => `${reason.kind}: ${reason.detail}`),
        ]),
    );

  it.each([...codeEdits, ...templateEdits])(
    'the plan for $edit names what it reaches, and why',
    async ({ make, changes, chains = {} }) => {
      const { clone } = stage();
      make(clone);

      // As `aviary plan` and `aviary explain` do, without a process for each.
      const connection = {
        root: clone.root,
        stage: readStage(clone.root, localStage),
        endpoint: stage().cloud.endpoint,
      };
      const [tree, stack] = await Promise.all([readTree(clone.root, connection.stage), readStack(connection)]);
      const plan = makePlan(tree, stack?.record);

      expect(changesOf(plan)).toEqual(changes);
      for (const [name, chain] of Object.entries(chains)) {
        const explanation = explain(name, tree, plan);
        const item = plan.items.find((it) => it.kind === 'function' && it.name === name);
        expect(explanation).toMatchObject({ change: item?.change, running: item?.running, release: item?.release });
        expect(explanation?.reasons.map(({ kind, detail }) => ({ kind, detail }))).toEqual(item?.reasons);
        expect(explanation?.reasons[0]?.chain).toEqual(chain);
      }
    },
  );

  describe('and a further deploy of', () => {
    /** Deploys an edit for real. @returns what the plan said, and what Lambda has published */
    async function ship(edit: (clone: Clone) => void): Promise<{ changes: Changes; before: Running; after: Running }> {
      const { clone } = stage();
      edit(clone);
      const before = await stage().running();
      const { plan } = await stage().deploy();
      clone.commit('Deployed');
      const after = await stage().running();
      const left = await aviaryJson<Plan>(clone.root, ['plan']);
      expect(changesOf(left)).toEqual({});
      return { changes: changesOf(plan), before, after };
    }
    const dependencies = ({ layers }: RunningFunction): string | undefined =>
      layers.find((arn) => arn.includes(':aviary-dependencies-local:'));

    beforeAll(() => {
      stage().clone.reset();
    });
    afterEach(() => {
      first = stage().clone.git('rev-parse', 'HEAD').trim();
    });

    it('a package that one function alone starts to use, then of its next version, moves that function', async () => {
      const { clone } = stage();
      const added = await ship(() => {
        clone.write(`layers/dependencies/src/${single}.ts`, `export { distance } from '${single}';\n`);
        clone.edit('functions/users/get-user.ts', 'status: 200', "status: 199 + distance('a', 'b')");
        clone.edit('functions/users/get-user.ts', /^/, `import { distance } from '${single}';\n`);
      });
      const bumped = await ship(() => {
        clone.bump(single, '1.99.0', 'esm/mod.js', 'return a.length', 'return 0 + a.length');
      });

      expect(added.changes).toEqual({
        'layer dependencies changed': [
          `code: layers/dependencies/src/${single}.ts`,
          `dependency: ${single} added: 1.0.16`,
        ],
        'function users changed': [
          'code: functions/users/get-user.ts',
          `dependency: ${single} added: 1.0.16`,
          'layer: dependencies',
        ],
      });
      expect(bumped.changes).toEqual({
        'layer dependencies changed': [`dependency: ${single} 1.0.16 → 1.99.0`],
        'function users changed': [`dependency: ${single} 1.0.16 → 1.99.0`, 'layer: dependencies'],
      });
      for (const { before, after } of [added, bumped]) {
        expect(published(before, after)).toEqual({ users: [after.users.version] });
        expect(dependencies(after.users)).not.toBe(dependencies(before.users));
        expect(without(after, 'users')).toEqual(without(before, 'users'));
      }
      expect(bumped.after.users.codeSha256).toBe(bumped.before.users.codeSha256);
    });

    it('a value that comes through a parameter publishes the function that has it', async () => {
      const { clone } = stage();
      await ship(() => {
        clone.edit(
          'template.yaml',
          'Parameters:\n',
          'Parameters:\n  Greeting:\n    Type: String\n    Default: hello\n',
        );
        clone.edit('template.yaml', 'SERVICE_NAME: users', 'SERVICE_NAME: users\n          GREETING: !Ref Greeting');
      });

      const { changes, before, after } = await ship(() => {
        clone.edit('samconfig.toml', '["Stage=local"', '["Stage=local", "Greeting=good day"');
      });

      expect(changes).toEqual({
        'function users changed': ['config: Environment.Variables.GREETING hello → good day'],
        'resource Greeting changed': ['parameter: hello → good day'],
      });
      expect(published(before, after)).toEqual({ users: [after.users.version] });
      expect(after.users.environment['GREETING']).toBe('good day');
      expect(without(after, 'users')).toEqual(without(before, 'users'));
    });

    it('a queue builds and publishes no function', async () => {
      const { clone } = stage();

      const { before, after } = await ship(() => {
        clone.edit('template.yaml', 'MessageRetentionPeriod: 1209600', 'MessageRetentionPeriod: 604800');
      });

      expect(readdirSync(join(clone.root, '.aviary/deploy/local/build'))).toEqual(['template.yaml']);
      expect(after).toEqual(before);
    });

    it('another target of one function ships other bytes of that one alone', async () => {
      const { before, after } = await ship(retarget);

      expect(published(before, after)).toEqual({ users: [after.users.version] });
      expect(after.users.codeSha256).not.toBe(before.users.codeSha256);
    });

    it('a function more makes that one and leaves the others', async () => {
      const { clone, lambda } = stage();

      const { before, after } = await ship(addInvoices);

      const made = await lambda.send(new InvokeCommand({ FunctionName: 'aviary-invoices-local', Qualifier: 'live' }));
      expect(made.Payload?.transformToString()).toBe('"invoices"');
      expect(readdirSync(join(clone.root, '.aviary/deploy/local/build')).sort()).toEqual(['Invoices', 'template.yaml']);
      expect(after).toEqual(before);
    });

    it('a function less takes that one and leaves the others', async () => {
      const { clone, lambda } = stage();

      const { before, after } = await ship(() => {
        clone.remove('functions/invoices');
        clone.edit('template.yaml', invoices, '');
      });

      const gone = lambda.send(new InvokeCommand({ FunctionName: 'aviary-invoices-local' }));
      await expect(gone).rejects.toBeInstanceOf(ResourceNotFoundException);
      expect(after).toEqual(before);
    });
  });
});
