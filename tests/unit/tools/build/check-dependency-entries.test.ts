import { checkDependencyEntries } from '../../../../tools/build/check-dependency-entries.ts';
import { aRepository, repository } from '../../../support/engine/a-folder.ts';

const files = {
  'functions/users/handler.ts': `import * as z from 'zod';
import { log } from '@shared/log';
export const handler = () => log(z.string());
`,
  'layers/shared/src/log.ts': `import { Logger } from '@aws-lambda-powertools/logger';
import type { LogLevel } from '@aws-lambda-powertools/logger/types';
import { join } from 'node:path';
import { sep } from 'path';
const logger = new Logger();
export const log = (it: unknown, level?: LogLevel) => logger.info(join(String(it), sep), level);
`,
  'layers/dependencies/src/zod.ts': `export { string } from 'zod';\n`,
  'layers/dependencies/src/@aws-lambda-powertools/logger.ts': `export { Logger } from '@aws-lambda-powertools/logger';\n`,
};
const problemsOf = (changes: Record<string, string>): Promise<string[]> =>
  checkDependencyEntries(aRepository({ ...files, ...changes }));
const zodFile = 'layers/dependencies/src/zod.ts';

describe('checkDependencyEntries', () => {
  it('has nothing to say of this repository', async () => {
    expect(await checkDependencyEntries(repository)).toEqual([]);
  });

  it('has nothing to say where each name in use is listed, and no other', async () => {
    expect(await problemsOf({})).toEqual([]);
  });

  it('names a name that is used through a namespace and not listed', async () => {
    const handler = `import * as z from 'zod';\nexport const handler = () => [z.string(), z.email()];\n`;

    const problems = await problemsOf({ 'functions/users/handler.ts': handler });

    expect(problems).toEqual([`${zodFile}: add email (functions/users/handler.ts:2)`]);
  });

  it('names a name that is imported by itself and not listed', async () => {
    const handler = `import { string, email } from 'zod';\nexport const handler = () => [string(), email()];\n`;

    const problems = await problemsOf({ 'functions/users/handler.ts': handler });

    expect(problems).toEqual([`${zodFile}: add email (functions/users/handler.ts:1)`]);
  });

  it('names a package without an entry', async () => {
    const more = `import { S3Client } from '@aws-sdk/client-s3';\nexport const s3 = new S3Client();\n`;

    const problems = await problemsOf({ 'layers/shared/src/s3.ts': more });

    expect(problems).toEqual([
      'layers/dependencies/src/@aws-sdk/client-s3.ts: make it, with the names that are imported (layers/shared/src/s3.ts:1)',
    ]);
  });

  it('names a listed name that nothing uses', async () => {
    expect(await problemsOf({ [zodFile]: `export { string, email, uuid } from 'zod';\n` })).toEqual([
      `${zodFile}: take out email, uuid: nothing uses it`,
    ]);
  });

  it('names an entry that nothing uses', async () => {
    const file = 'layers/dependencies/src/@aws-sdk/client-s3.ts';

    expect(await problemsOf({ [file]: `export { S3Client } from '@aws-sdk/client-s3';\n` })).toEqual([
      `${file}: delete it: nothing uses it`,
    ]);
  });

  it('counts a default export', async () => {
    const handler = `import zod, * as z from 'zod';\nexport const handler = () => zod.x(z.string());\n`;

    const problems = await problemsOf({
      'functions/users/handler.ts': handler,
      [zodFile]: `export { default, string } from 'zod';\n`,
    });

    expect(problems).toEqual([]);
  });

  it('passes on what does not compile', async () => {
    const [problem] = await problemsOf({ 'functions/users/handler.ts': 'export const = 1;\n' });

    expect(problem).toMatch(/Expected identifier.*\(functions\/users\/handler\.ts:1\)/);
  });
});
