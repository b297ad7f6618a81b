import { InvokeCommand } from '@aws-sdk/client-lambda';
import { randomUUID } from 'node:crypto';
import type { Order } from '../../functions/orders/order.ts';
import { readTree } from '../../tools/tree/read-tree.ts';
import { readStage } from '../../tools/template/read-stages.ts';
import { useStage } from '../support/aviary-stage.ts';
import { aviary, aviaryJson, AviaryProcess } from '../support/aviary.ts';
import { fieldsOf, savedQueries } from '../support/logs/saved-queries.ts';
import { aLine } from '../support/runtime/an-order.ts';
import { eventually } from '../support/runtime/eventually.ts';

interface ShownLine {
  readonly time: string;
  readonly function: string;
  readonly level: string;
  readonly message: string;
  readonly requestId?: string;
  readonly correlations: readonly string[];
  readonly fields: Readonly<Record<string, unknown>>;
  readonly stack?: string;
}

interface ShownBranch {
  readonly function: string;
  readonly release: string;
  readonly duration?: number;
  readonly failed: boolean;
  readonly lines: readonly ShownLine[];
  readonly children: readonly ShownBranch[];
}

/** `error.message` and the like. */
const pathsIn = (error: unknown): string[] =>
  typeof error === 'object' && error !== null ? Object.keys(error).map((name) => `error.${name}`) : [];

describe('what functions log', () => {
  const stage = useStage();
  const root = (): string => stage().clone.root;

  /** `aviary logs … --json`: an object a line. */
  async function logs(...args: string[]): Promise<ShownLine[]> {
    const { code, stdout, stderr } = await aviary(root(), ['logs', ...args, '--json']);
    expect([code, stderr]).toEqual([0, '']);
    return stdout.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line) as ShownLine]));
  }

  async function invoke(name: string, event: object): Promise<void> {
    const FunctionName = `aviary-${name}-local`;
    await stage().lambda.send(new InvokeCommand({ FunctionName, Qualifier: 'live', Payload: JSON.stringify(event) }));
  }

  /** The number of the first line of a source file that has a text. */
  function lineOf(path: string, text: string): number {
    const at = stage()
      .clone.read(path)
      .split('\n')
      .findIndex((line) => line.includes(text));
    if (at < 0) throw new Error(`${path} does not have ${text}`);
    return at + 1;
  }

  describe('of an order that is placed', () => {
    const correlationId = `logs-${randomUUID()}`;
    let tree: readonly ShownBranch[];
    beforeAll(async () => {
      const api = await stage().api();
      const headers = { 'x-correlation-id': correlationId };
      const body = { email: `${randomUUID()}@example.com`, name: 'Ada' };
      const userId = (await api<{ id: string }>('POST', '/users', { body, headers })).body.data.id;
      await api<Order>('POST', '/orders', { body: { userId, lines: [aLine()] }, headers });
      tree = await eventually(
        () => aviaryJson<ShownBranch[]>(root(), ['trace', correlationId]),
        (found) => {
          const last = found.at(-1)?.children[0]?.children ?? [];
          return last.length >= 2 && last.every(({ duration }) => duration !== undefined);
        },
      );
    });

    it('is shown in order by its correlation id, across the functions', async () => {
      const lines = await logs('--correlation', correlationId, '--level', 'info');

      expect([...new Set(lines.map((line) => line.function))].slice(0, 4)).toEqual([
        'authorizer',
        'users',
        'orders',
        'table-stream',
      ]);
      expect([...new Set(lines.map((line) => line.function))].sort()).toEqual(
        ['authorizer', 'users', 'orders', 'table-stream', 'notifications', 'order-stream'].sort(),
      );
      expect(lines.map(({ time }) => time)).toEqual(lines.map(({ time }) => time).sort());
      expect(lines.filter(({ correlations }) => !correlations.includes(correlationId))).toEqual([]);
    });

    it('is a tree, each invocation below the one that caused it, with its release', async () => {
      const names = (branches: readonly ShownBranch[]): unknown[] =>
        branches.map((it) => (it.children.length === 0 ? it.function : [it.function, ...names(it.children)]));
      const { functions } = await readTree(root(), readStage(root(), 'local'));
      const released = new Map(functions.map(({ name, release }) => [name, release.slice(0, 12)]));

      const [authorizer, users, [orders, [tableStream, ...last] = []] = []] = names(tree) as never[][][];

      expect([authorizer, users, orders, tableStream]).toEqual(['authorizer', 'users', 'orders', 'table-stream']);
      expect(last.sort()).toEqual(['notifications', 'order-stream']);
      expect(tree.map((it) => [it.release, it.failed])).toEqual(tree.map((it) => [released.get(it.function), false]));
    });

    it('is drawn for people', async () => {
      const { code, stdout } = await aviary(root(), ['trace', correlationId]);

      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^${correlationId}: 6 invocations of 6 functions in \\d+ ms\n`));
      expect(stdout).toMatch(/ {2}└─ table-stream {2}\d+ ms, release [0-9a-f]{12}\n/);
      expect(stdout).toMatch(/INFO {2}Event recorded .*type=OrderPlaced/);
    });
  });

  it('points from a stack at the file and the line, of the function and of the shared layer', async () => {
    await invoke('scheduled', { job: 'of which there is none' });

    const [line] = await eventually(
      () => logs('scheduled', '--level', 'error'),
      (found) => found.length > 0,
    );

    expect(line?.stack).toContain(
      `(layers/shared/src/validation/parse.ts:${lineOf('layers/shared/src/validation/parse.ts', 'throw new')}:`,
    );
    expect(line?.stack).toContain(
      `(functions/scheduled/run-job.ts:${lineOf('functions/scheduled/run-job.ts', 'parse(')}:`,
    );
  });

  it('points from the stack of an error that was logged at the file and the line', async () => {
    await invoke('order-stream', { Records: [{}] });

    const [line] = await eventually(
      () => logs('order-stream', '--level', 'error', '--grep', 'INVOCATION_FAILED'),
      (found) => found.length > 0,
    );

    const path = 'layers/shared/src/batch/stream-handler.ts';
    expect(line?.stack).toMatch(/^TypeError: /);
    expect(line?.stack).toContain(`${path}:${lineOf(path, 'kinesis.data')}:`);
  });

  it('has nothing that a terminal obeys, whatever a caller has called a field', async () => {
    const api = await stage().api();
    const body = { email: 'ada@example.com', name: 'Ada', '\u009b2J': 1 };
    const { headers } = await api('POST', '/users', { body });

    const { stdout } = await eventually(
      () => aviary(root(), ['logs', 'users', '--correlation', headers.get('x-correlation-id') ?? '']),
      (found) => found.stdout.includes('Invocation refused'),
    );

    expect(stdout).toContain(String.raw`fields=["\u009b2J"]`);
    expect(stdout).not.toMatch(/[\u0080-\u009f]/);
  });

  it('has every field that a saved query asks for', async () => {
    const lines = await logs();
    const known = new Set(lines.flatMap(({ fields }) => [...Object.keys(fields), ...pathsIn(fields['error'])]));

    expect(
      savedQueries()
        .flatMap(fieldsOf)
        .filter((field) => !known.has(field)),
    ).toEqual([]);
  });

  it('is followed as it comes, each line once, until Ctrl-C', async () => {
    const correlationId = `follow-${randomUUID()}`;
    const following = new AviaryProcess(root(), ['logs', 'processor', '--follow', '--correlation', correlationId]);
    const shown = (): string[] => following.stdout.split('\n').filter((line) => line.includes('Event handled'));
    const event = JSON.parse(stage().clone.read('functions/processor/events/create.json')) as object;

    for (const count of [1, 2]) {
      await invoke('processor', { ...event, correlationId });
      await eventually(
        () => Promise.resolve(shown()),
        (lines) => lines.length >= count,
      );
    }
    following.child.kill('SIGINT');

    await expect(following.outcome).resolves.toMatchObject({ code: 0, stderr: '' });
    expect(shown()).toHaveLength(2);
  });

  it('is more or less, as the running stage is set to', async () => {
    const api = await stage().api();
    const ids = [1, 2, 3].map((at) => `level-${at}-${randomUUID()}`);
    await aviary(root(), ['config', 'set', 'logs/levels', 'health=ERROR']);

    for (const id of ids) await api('GET', '/health', { headers: { 'x-correlation-id': id }, token: null });

    const logged = await eventually(
      () => logs('health', '--raw'),
      (lines) => lines.filter(({ message }) => message.startsWith('REPORT')).length >= 3,
    );
    // The second asks for what the third follows.
    expect(ids.map((id) => logged.some(({ correlations }) => correlations.includes(id)))).toEqual([true, true, false]);
  });

  it.each([
    [['logs', 'order'], /There is no function order\.\nDid you mean orders\?/],
    [['logs', '--since', 'yesterday'], /--since yesterday is no time\./],
    [['logs', '--level', 'loud'], /There is no level loud\.\nSay debug, info, warn or error\./],
    [['logs', '--follow', '--until', '1m'], /--follow has no end\./],
    [['logs', '--since', '1m', '--until', '1h'], /--until is before --since\./],
    [['trace'], /Which request\?/],
  ])('is not shown for %j, and it is said why', async (args, said) => {
    const { code, stderr } = await aviary(root(), args);

    expect(code).toBe(2);
    expect(stderr).toMatch(said);
  });

  it('has nothing of a correlation id that nobody had', async () => {
    const { code, stderr } = await aviary(root(), ['trace', 'nobody-had-it']);

    expect(code).toBe(1);
    expect(stderr).toMatch(/has the correlation id nobody-had-it\.\nIt may be older/);
  });
});
