import { isObject, parseJson } from '../../../../tools/lib/json.ts';
import { renderLaunch, renderTasks } from '../../../../tools/generate/render-editor.ts';
import { inspectedFunctions } from '../../../../tools/inspect/inspected.ts';
import { mapFile } from '../../../../tools/inspect/map-folder.ts';
import { claimPort } from '../../../../tools/local/ports.ts';
import { aFunction } from '../../../support/engine/a-tree.ts';
import { rejectionOf } from '../../../support/engine/failure-of.ts';

const names = ['users', 'orders', 'processor'];
const functions = names.map((name) => aFunction({ name }));

/** A port with free ones after it. */
async function somePort(): Promise<number> {
  const port = await claimPort(0);
  return port < 60_000 ? port : port - 10_000;
}

describe('the functions that are inspected', () => {
  it('have ports one after the other, in the order in which they are named, each once', async () => {
    const port = await somePort();

    const inspected = await inspectedFunctions(['processor', 'users', 'processor'], functions, port);

    expect(inspected.map((it) => [it.name, it.port - port])).toEqual([
      ['processor', 0],
      ['users', 1],
    ]);
  });

  it('are all of them in the order of the template, as the configurations of VS Code have them', async () => {
    const port = await somePort();

    const inspected = await inspectedFunctions(['all'], functions, port);

    const { configurations, compounds } = written(renderLaunch(names)) as {
      configurations: { name: string; port: number }[];
      compounds: { configurations: string[] }[];
    };
    const own = configurations.filter(({ name }) => names.includes(name));
    expect(inspected.map((it) => [it.name, it.port - port])).toEqual(own.map((it) => [it.name, it.port - 9229]));
    expect(compounds.map((it) => it.configurations)).toEqual([names]);
  });

  it('have a name that the template has', async () => {
    const failure = await rejectionOf(inspectedFunctions(['users', 'ordrs'], functions, 0));

    expect(failure.problem).toBe('There is no function ordrs.');
    expect(failure.next).toContain('Did you mean orders?');
  });
});

it('has VS Code start, before it attaches, a task that there is', () => {
  const { configurations, compounds } = written(renderLaunch(names)) as Record<string, { preLaunchTask?: string }[]>;
  const { tasks } = written(renderTasks(names)) as { tasks: { label: string }[] };

  const before = [...(configurations ?? []), ...(compounds ?? [])].flatMap((it) => it.preLaunchTask ?? []);
  expect(before).toEqual(tasks.map(({ label }) => label));
});

describe('the file of a source map', () => {
  it('is the same where nothing but the names of chunks differs, which come from the maps', () => {
    expect(mapFile('require("../chunks/chunk-AB12CD34.js")')).toBe(mapFile('require("../chunks/chunk-ZZ99YY88.js")'));
  });

  it('is another for other code', () => {
    expect(mapFile('a')).not.toBe(mapFile('b'));
  });
});

/** The settings below the comment in the first line. */
function written(text: string): Record<string, unknown> {
  const value = parseJson(text.replace(/^\/\/.*\n/, ''));
  return isObject(value) ? value : {};
}
