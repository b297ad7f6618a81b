import { defaultInspectPort } from '../inspect/inspected.ts';

export const launchFile = '.vscode/launch.json';
export const tasksFile = '.vscode/tasks.json';

const head = '// Written by `npm run aviary -- generate`, with the functions of template.yaml: do not edit.\n';
const oneTask = 'npm start: debug one function';
const allTask = 'npm start: debug all functions';

/** Attaches to a port again and again, since a function gets a new process with each save. */
const attachTo = (name: string, port: number) => ({
  name,
  type: 'node',
  request: 'attach',
  address: '127.0.0.1',
  port,
  restart: true,
  // Functions are unpacked outside of the folder, their layers in a node_modules.
  resolveSourceMapLocations: null,
  outFiles: [],
  skipFiles: ['<node_internals>/**', '**/_worker.js'],
});

/** What VS Code offers to start with F5. @param names of all functions, in the order of the template */
export function renderLaunch(names: readonly string[]): string {
  return render({
    version: '0.2.0',
    configurations: [
      { ...attachTo('One function', defaultInspectPort), preLaunchTask: oneTask },
      attachTo('Attach to npm start -- --inspect', defaultInspectPort),
      ...names.map((name, at) => ({ ...attachTo(name, defaultInspectPort + at), presentation: { hidden: true } })),
    ],
    compounds: [{ name: 'All functions', configurations: names, preLaunchTask: allTask, stopAll: true }],
  });
}

/** What it starts for that. @param names as of {@link renderLaunch} */
export function renderTasks(names: readonly string[]): string {
  const input = { id: 'function', type: 'pickString', description: 'Which function?', options: names };
  return render({
    version: '2.0.0',
    inputs: [input],
    tasks: [startTask(oneTask, '${input:function}'), startTask(allTask, 'all')],
  });
}

const startTask = (label: string, inspected: string) => ({
  label,
  type: 'shell',
  command: `npm start -- --inspect ${inspected}`,
  isBackground: true,
  problemMatcher: {
    owner: 'aviary',
    pattern: {
      regexp: String.raw`^(?:error: | {2})?([\w./-]+\.ts):(\d+):(\d+): (.*)$`,
      ...{ file: 1, line: 2, column: 3, message: 4 },
    },
    // It is attached to when all is deployed.
    background: {
      activeOnStart: true,
      beginsPattern: 'Starting the local cloud',
      endsPattern: String.raw`^Watching\.`,
    },
  },
  presentation: { panel: 'dedicated', reveal: 'always' },
});

const render = (value: object): string => `${head}${JSON.stringify(value, null, 2)}\n`;
