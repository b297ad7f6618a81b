// What Node.js runs for the first time takes it many times as long as later. A process in reserve has the first uses of its
// packages behind it when it is given a function: a command by each client of the AWS SDK, which reaches no cloud, and a
// value that a schema of zod refuses.
const { once } = require('node:events');
const { createServer } = require('node:http');
const { setTimeout: sleep } = require('node:timers/promises');

module.exports = { usePackages };

/** Milliseconds after which a function is begun whatever still hangs. */
const limitMs = 1_000;

/**
 * Uses the packages that it knows. What cannot be used this way is left as it is: a function that uses it is told.
 * @param {readonly (readonly [path: string, exported: unknown])[]} loaded
 */
async function usePackages(loaded) {
  const of = (name) => loaded.filter(([path, it]) => path.includes(name) && it instanceof Object).map(([, it]) => it);
  const used = Promise.allSettled([...of('zod').map(parseSomething), sendSomething(of('@aws-sdk'))]);
  await Promise.race([used, sleep(limitMs, undefined, { ref: false })]);
}

async function parseSomething({ strictObject, string, int, array }) {
  // What is wrong it finds out when it is asked.
  return strictObject({ a: string().min(1).optional(), b: array(int()) }).safeParse({ b: ['x'] }).error;
}

/** To a server of this process. */
async function sendSomething(packages) {
  const senders = packages.filter((it) => clientOf(it) && commandOf(it));
  if (senders.length === 0) return;
  const server = createServer((request, response) => request.resume().once('end', () => response.end('{}')));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const config = { endpoint: `http://127.0.0.1:${server.address().port}`, maxAttempts: 1 };
  await Promise.allSettled(
    senders.map(async (it) => {
      const client = makeClient(clientOf(it), packages, config);
      await client.send(new (commandOf(it))({}));
      client.destroy();
    }),
  );
  server.close();
  server.closeAllConnections();
}

/** The document client of DynamoDB works by another client. */
function makeClient(Client, packages, config) {
  if (!Client.from) return new Client(config);
  const { DynamoDBClient } = packages.find((it) => it.DynamoDBClient) ?? {};
  return Client.from(new DynamoDBClient(config));
}

const clientOf = (exported) => find(exported, /^[A-Z]\w*Client$/);
const commandOf = (exported) => find(exported, /^[A-Z]\w*Command$/);

function find(exported, pattern) {
  return Object.entries(exported).find(([name, value]) => pattern.test(name) && typeof value === 'function')?.[1];
}
