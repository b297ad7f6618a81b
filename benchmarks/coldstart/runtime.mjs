// How Lambda starts a function: the module that _HANDLER names is loaded, then the Runtime API is asked for the first
// invocation. (AWS Lambda Developer Guide, "Using the Lambda runtime API for custom runtimes".) With that question goes
// what the start has cost, which Lambda's own runtime keeps to itself. No invocation ever comes: the start is what counts.
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const { _HANDLER: name = '', LAMBDA_TASK_ROOT: folder = '', AWS_LAMBDA_RUNTIME_API: api } = process.env;
const [file, member] = name.split('.');

function tell(method, path, headers, body = '') {
  const call = request(`http://${api}/2018-06-01/runtime/${path}`, { method, headers });
  call.on('response', (response) => response.resume());
  call.end(body);
}

try {
  const { [member]: handler } = createRequire(import.meta.url)(join(folder, file));
  if (typeof handler !== 'function') throw new Error(`${name} is no function`);
  const { user, system } = process.cpuUsage();
  // `maxRSS` of process.resourceUsage() is no less than what the parent had when it forked.
  const [, peak] = /^VmHWM:\s*(\d+)/m.exec(readFileSync('/proc/self/status', 'utf8'));
  tell('GET', 'invocation/next', { 'bench-cpu-us': user + system, 'bench-peak-kb': peak });
} catch (error) {
  tell('POST', 'init/error', { 'lambda-runtime-function-error-type': 'Runtime.ImportModuleError' }, error.stack);
}
