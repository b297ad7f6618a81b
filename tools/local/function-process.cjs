// The process of a function in the local cloud: loads the modules that are listed in the file that it is given, waits for
// what to run on its standard input, and runs that. In reserve it uses these modules before. Afterwards the file has what is
// loaded then of Node.js and of packages.
const { Buffer } = require('node:buffer');
const { readFileSync, readSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { delimiter, dirname, join, sep } = require('node:path');
const { argv, chdir, env, exit, moduleLoadList, stdout } = require('node:process');
const { setTimeout } = require('node:timers');
const { usePackages } = require('./first-uses.cjs');

const [, , list, isInReserve] = argv;
const standardInput = 0;
const settledMs = 1_000;

// What one process has compiled, the next ones find there.
Module.enableCompileCache(join(dirname(list), 'compiled'));
const loaded = listed().map((path) => [path, load(path)]);
// Somebody waits for one that is not.
if (isInReserve) usePackages(loaded).then(run);
else run();

function run() {
  const { script, cwd, env: variables } = JSON.parse(readMessage());
  for (const name of Object.keys(env)) delete env[name];
  Object.assign(env, variables);
  chdir(cwd);
  // It was read when Node.js started: what `require` finds by NODE_PATH.
  Module._initPaths();
  argv.splice(1, argv.length, script);
  keepWhatThrows();
  // A function finds nothing of this repository.
  for (const own of [module.filename, require.resolve('./first-uses.cjs')]) delete require.cache[own];
  require(script);
  setTimeout(keepForTheNext, settledMs).unref();
}

/** MiniStack ends a process that answers that its function has thrown (kept_processes.py). */
function keepWhatThrows() {
  const write = stdout.write.bind(stdout);
  const thrown = '{"status":"error",';
  stdout.write = (chunk, ...rest) => {
    const isThrown = typeof chunk === 'string' && chunk.startsWith(thrown);
    return write(isThrown ? chunk.replace(thrown, '{"status":"ok","hasThrown":true,') : chunk, ...rest);
  };
}

function keepForTheNext() {
  writeFileSync(list, JSON.stringify([...builtIn(), ...packages()]));
  // Processes of functions are killed; at their own end they would write it themselves.
  Module.flushCompileCache();
}

function listed() {
  try {
    return JSON.parse(readFileSync(list, 'utf8'));
  } catch {
    // The function was not started before.
    return [];
  }
}

/** What the module exports. */
function load(path) {
  try {
    return require(path);
  } catch {
    // Whoever needs it hears of it.
    return undefined;
  }
}

/** A line with a number of bytes, and these: what comes after them is for the script. */
function readMessage() {
  let line = '';
  for (let byte = readBytes(1); byte !== '\n'; byte = readBytes(1)) line += byte;
  return readBytes(Number(line));
}

function readBytes(count) {
  const bytes = Buffer.alloc(count);
  let offset = 0;
  while (offset < count) {
    const read = readSync(standardInput, bytes, { offset });
    // The local cloud has ended.
    if (read === 0) exit();
    offset += read;
  }
  return bytes.toString();
}

/** Modules of Node.js itself, which it loads when somebody needs them. */
function builtIn() {
  const loaded = new Set(moduleLoadList);
  const names = Module.builtinModules.filter((name) => !name.startsWith('_') && loaded.has(`NativeModule ${name}`));
  return names.map((name) => `node:${name}`);
}

/** The modules of layers that need nothing from outside: packages, and not the shared modules, which need these. */
function packages() {
  const loaded = Object.values(require.cache);
  const layers = (env.NODE_PATH ?? '').split(delimiter).map((folder) => `${folder}${sep}`);
  return layers.flatMap((layer) => {
    const own = loaded.filter(({ filename }) => filename.startsWith(layer));
    const isWhole = own.every(({ children }) => children.every(({ filename }) => filename.startsWith(layer)));
    return isWhole ? own.map(({ filename }) => filename) : [];
  });
}
