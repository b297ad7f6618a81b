#!/usr/bin/env node
// The way in: `node tools/aviary.mjs <command>`, on any Node.js that can run npm. It installs what is missing, then runs
// the command on the Node.js that Lambda runs. Nothing is imported before the version is known, so that an old Node.js
// gets a sentence and not a syntax error.
const oldest = 20;

if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(
    `Aviary needs Node.js ${oldest} or newer and this is ${process.version}: install a newer one (nodejs.org).`,
  );
  process.exitCode = 2;
} else {
  import('./setup/launch.mjs').then(({ launch }) => launch(process.argv.slice(2)));
}
