import { version as esbuildVersion } from 'esbuild';
import { existsSync, readFileSync } from 'node:fs';
import { arch, availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';
import { join } from 'node:path';

/** The machine and the versions, in one line. */
export function describeMachine(root: string): string {
  const [cpu] = cpus();
  const [load = 0] = loadavg();
  return [
    `${cpu?.model.trim() ?? 'unknown CPU'}, ${availableParallelism()} cores`,
    `${Math.round(totalmem() / 1024 ** 3)} GB`,
    `${systemName()} (${arch()})`,
    `Node.js ${process.versions.node}`,
    `SAM CLI ${pinned(root, 'sam', 'aws-sam-cli')}`,
    `MiniStack ${pinned(root, 'ministack', 'ministack')}`,
    `esbuild ${esbuildVersion}`,
    `load ${load.toFixed(1)} before the start`,
  ].join('; ');
}

function systemName(): string {
  const file = '/etc/os-release';
  const name = existsSync(file) ? /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
  return name ?? `${type()} ${release()}`;
}

/** The version that the requirements name. */
function pinned(root: string, file: string, name: string): string {
  const text = readFileSync(join(root, 'tools', 'requirements', `${file}.txt`), 'utf8');
  return new RegExp(`^${name}==(\\S+)`, 'm').exec(text)?.[1] ?? 'unknown';
}
