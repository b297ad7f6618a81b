import { stripVTControlCharacters } from 'node:util';
import type { Picture } from './render-svg.ts';

/** The same recording as plain text, in the order of time, with a line that says which terminal goes on. */
export function renderText({ title, terminals, footnotes, moments }: Picture): string {
  let text = `${title}\n${footnotes.join('\n')}\n`;
  let current: number | undefined;
  // Shown with what is typed behind it, since the other terminal may go on in between.
  const prompts = new Map<number, string>();
  for (const { terminal, kind, text: shown } of moments) {
    if (kind === 'prompt') {
      prompts.set(terminal, shown);
      continue;
    }
    if (terminal !== current) text += `\n[${terminals[terminal]?.title ?? ''}]\n`;
    current = terminal;
    text += (prompts.get(terminal) ?? '') + stripVTControlCharacters(shown);
    prompts.delete(terminal);
  }
  return text;
}
