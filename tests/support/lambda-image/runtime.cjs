// Minimal Node.js runtime client for the stand-in image: the Lambda Runtime API loop, CommonJS handlers only.
'use strict';
const { Buffer } = require('node:buffer');
const http = require('node:http');
const path = require('node:path');
const process = require('node:process');

const [host, port] = process.env.AWS_LAMBDA_RUNTIME_API.split(':');
const root = process.env.LAMBDA_TASK_ROOT ?? '/var/task';
const agent = new http.Agent({ keepAlive: true });

const call = (method, suffix, body) =>
  new Promise((resolve, reject) => {
    const request = http.request({ host, port, agent, method, path: `/2018-06-01/runtime${suffix}` }, (response) => {
      const chunks = [];
      response.on('data', (chunk) => chunks.push(chunk));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(chunks).toString() }));
    });
    request.on('error', reject);
    request.end(body);
  });

const failure = (error) =>
  JSON.stringify({ errorType: error.name, errorMessage: error.message, trace: (error.stack ?? '').split('\n') });

(async () => {
  const name = process.env._HANDLER;
  const dot = name.lastIndexOf('.');
  let handler;
  try {
    handler = require(path.join(root, name.slice(0, dot)))[name.slice(dot + 1)];
  } catch (error) {
    await call('POST', '/init/error', failure(error));
    process.exit(1);
  }
  for (;;) {
    const next = await call('GET', '/invocation/next');
    const id = next.headers['lambda-runtime-aws-request-id'];
    const deadline = Number(next.headers['lambda-runtime-deadline-ms']);
    const context = {
      awsRequestId: id,
      functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
      memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      invokedFunctionArn: next.headers['lambda-runtime-invoked-function-arn'],
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    };
    try {
      const result = await handler(JSON.parse(next.body), context);
      await call('POST', `/invocation/${id}/response`, JSON.stringify(result ?? null));
    } catch (error) {
      await call('POST', `/invocation/${id}/error`, failure(error));
    }
  }
})();
