import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The product as `npm start` runs it. */
export interface StartedProduct {
  /** The address of a route of the API. @throws {Error} for a route that was not shown */
  readonly url: (route: string) => string;
  readonly stop: () => Promise<void>;
}

const copied = ['docs', 'functions', 'infra', 'layers', 'tools', 'package.json', 'package-lock.json', 'samconfig.toml'];

/**
 * Starts the product in a folder of its own, with a local cloud on a free port: beside the one that a person runs in
 * this clone. The installed packages and programs are those of this clone.
 */
export async function startProduct(): Promise<StartedProduct> {
  const root = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), 'aviary-product-'));
  for (const path of [...copied, 'template.yaml', 'tsconfig.json']) {
    cpSync(join(root, path), join(folder, path), { recursive: true });
  }
  mkdirSync(join(folder, '.aviary'));
  for (const path of ['node_modules', join('.aviary', 'venv')])
    symlinkSync(join(root, path), join(folder, path), 'dir');

  const args = [join(folder, 'tools', 'aviary.mjs'), 'start', '--port', '0', '--no-watch'];
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: { ...process.env, AVIARY_SKIP_INSTALL: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => {
      rmSync(folder, { recursive: true, force: true });
      resolve();
    });
  });
  let shown = '';
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      shown += chunk.toString();
      if (shown.includes('Try:')) resolve();
    });
    child.once('close', () => {
      reject(new Error(`npm start has ended:\n${said}`));
    });
  });

  return {
    url: (route) => {
      const found = shown.split(/\s+/).find((word) => word.startsWith('http') && word.endsWith(route));
      if (found === undefined) throw new Error(`npm start shows no route ${route}`);
      return found;
    },
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}
