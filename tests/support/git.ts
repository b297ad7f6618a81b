import { execFileSync } from 'node:child_process';

const settings = ['user.name=Test', 'user.email=test@example.com', 'commit.gpgsign=false', 'core.autocrlf=false'];

/** Runs git in a folder, apart from the person's own settings. @returns what it printed */
export function gitIn(cwd: string, ...args: string[]): string {
  return execFileSync('git', [...settings.flatMap((it) => ['-c', it]), ...args], { cwd, encoding: 'utf8' });
}
