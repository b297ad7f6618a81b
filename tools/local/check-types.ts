// A program of its own, started by type-check.ts and gone with it: checks types whenever a file is saved, and tells of
// all errors each time it has.
import { join, relative, sep } from 'node:path';
import process from 'node:process';
import ts from 'typescript';

const root = process.cwd();
const options: ts.CompilerOptions = {
  noEmit: true,
  incremental: true,
  // So that the next start reads what this one found out.
  tsBuildInfoFile: join(root, '.aviary', 'cache', 'types.tsbuildinfo'),
};
let errors: string[] = [];

function remember({ file, start = 0, messageText }: ts.Diagnostic): void {
  // Without the chain of causes, which is long: `npm run check` has it.
  const message = typeof messageText === 'string' ? messageText : messageText.messageText;
  if (!file) {
    errors.push(message);
    return;
  }
  const { line, character } = file.getLineAndCharacterOfPosition(start);
  const path = relative(root, file.fileName).split(sep).join('/');
  errors.push(`${path}:${line + 1}:${character + 1}: ${message}`);
}

/** Milliseconds without a save before types are checked: by then what was saved runs, which is to have the processor. */
const quietMs = 700;

const host = ts.createWatchCompilerHost(
  join(root, 'tsconfig.functions.json'),
  options,
  { ...ts.sys, setTimeout: (callback) => setTimeout(callback, quietMs) },
  ts.createEmitAndSemanticDiagnosticsBuilderProgram,
  remember,
  (_status, _newLine, _options, found) => {
    const told = errors;
    errors = [];
    // It is counted when all is checked.
    if (found === undefined) return;
    process.send?.(told);
    // Node.js would keep what is of no use any more, up to several times as much as what is, where a machine has the memory.
    globalThis.gc?.();
  },
);
process.once('disconnect', () => process.exit());
ts.createWatchProgram(host);
