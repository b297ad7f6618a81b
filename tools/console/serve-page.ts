import { build } from 'esbuild';
import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { compiling } from '../build/compile-failure.ts';
import { consoleHeaders } from './respond.ts';
import type { Serve } from './serve.ts';

/** The sources of the page, from the root. */
const folder = 'tools/console/page';
const types: Readonly<Record<string, string>> = {
  '/': 'text/html; charset=utf-8',
  '/console.js': 'text/javascript; charset=utf-8',
  '/console.css': 'text/css; charset=utf-8',
};

/**
 * Makes what serves the page. It is bundled in memory each time that somebody opens it, so that nothing is to be built
 * before, and what was saved of the page itself is there.
 */
export function pageServer(root: string): Serve {
  let files: Promise<ReadonlyMap<string, Buffer>> | undefined;
  return async (request, response, path) => {
    const type = types[path];
    if (type === undefined || request.method !== 'GET') return false;
    if (path === '/' || files === undefined) files = bundlePage(root);
    const content = (await files).get(path) ?? Buffer.alloc(0);
    const { encoding, body } = compress(content, request.headers['accept-encoding']);
    response
      .writeHead(200, { ...consoleHeaders, ...encoding, 'content-type': type, vary: 'accept-encoding' })
      .end(body);
    return true;
  };
}

/** @throws Failure where it does not compile */
async function bundlePage(root: string): Promise<ReadonlyMap<string, Buffer>> {
  const { outputFiles } = await compiling(
    build({
      entryPoints: { console: `./${folder}/main.tsx` },
      absWorkingDir: root,
      outdir: 'out',
      write: false,
      bundle: true,
      minify: true,
      format: 'esm',
      target: 'es2022',
      jsx: 'automatic',
      jsxImportSource: 'preact',
      define: { 'process.env.NODE_ENV': '"production"' },
      legalComments: 'none',
      logLevel: 'silent',
    }),
  );
  const made = outputFiles.map(({ path, contents }) => [path.replace(/^.*[/\\]/, '/'), Buffer.from(contents)] as const);
  return new Map([['/', readFileSync(join(root, folder, 'index.html'))], ...made]);
}

function compress(content: Buffer, accepted: IncomingMessage['headers']['accept-encoding']) {
  const encodings = (accepted ?? '').split(',').map((it) => it.split(';')[0]?.trim());
  if (encodings.includes('br')) return { encoding: { 'content-encoding': 'br' }, body: brotliCompressSync(content) };
  if (encodings.includes('gzip')) return { encoding: { 'content-encoding': 'gzip' }, body: gzipSync(content) };
  return { encoding: {}, body: content };
}
