// Loaded into the process of a function that is inspected, before anything else: shows the debugger a source map of each
// script that has one in the folder. What is deployed has none, and stays as it is.
import { existsSync, readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { mapFile, mapFolderVariable } from './map-folder.ts';

const folder = process.env[mapFolderVariable] ?? '';

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    const script = textOf(loaded.source);
    const file = join(folder, mapFile(script));
    if (script === '' || !existsSync(file)) return loaded;
    const map = readFileSync(file).toString('base64');
    // As a part of the script itself, which every debugger reads; at its end, so that no line of it moves.
    return { ...loaded, source: `${script}\n//# sourceMappingURL=data:application/json;base64,${map}\n` };
  },
});

function textOf(source: unknown): string {
  if (typeof source === 'string') return source;
  return source instanceof Uint8Array ? new TextDecoder().decode(source) : '';
}
