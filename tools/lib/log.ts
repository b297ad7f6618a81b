import { styleText } from 'node:util';

/** What people read goes to stderr; stdout is data. Colour is left out where stderr is no terminal, or by NO_COLOR. */
type Style = Parameters<typeof styleText>[0];
const styled = (style: Style, text: string): string => styleText(style, text, { stream: process.stderr });
const write = (line: string): void => void process.stderr.write(`${line}\n`);

export function info(text: string): void {
  write(text);
}

export function warn(text: string): void {
  write(`${styled('yellow', 'warning:')} ${text}`);
}

export function fail(text: string): void {
  write(`${styled('red', 'error:')} ${text}`);
}

/** Says what is being done, does it, and says how long it took; a failure is said, and passed on. */
export async function step<T>(title: string, work: () => Promise<T>): Promise<T> {
  const started = performance.now();
  const elapsed = (): string => `${((performance.now() - started) / 1000).toFixed(1)} s`;
  write(`${styled('cyan', '•')} ${title} …`);
  try {
    const result = await work();
    write(`${styled('green', '✓')} ${title} ${styled('dim', `(${elapsed()})`)}`);
    return result;
  } catch (error) {
    write(`${styled('red', '✗')} ${title} ${styled('dim', `(${elapsed()})`)}`);
    throw error;
  }
}
