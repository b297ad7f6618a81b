import type { BuildFailure } from 'esbuild';
import { Failure } from '../lib/failure.ts';

/** Runs an esbuild call. @throws Failure with esbuild's messages, each with file, line and column */
export async function compiling<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    if (isBuildFailure(error)) throw compileFailure(error);
    throw error;
  }
}

/** True for what esbuild rejects with where the code does not compile. */
export function isBuildFailure(error: unknown): error is BuildFailure {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function compileFailure(failure: BuildFailure): Failure {
  const messages = failure.errors.map(({ location, text }) =>
    location
      ? `${location.file}:${location.line}:${location.column + 1}: ${text}\n    ${location.lineText.trim()}`
      : text,
  );
  const unique = [...new Set(messages)];
  return new Failure(unique.join('\n'), 'Mend the code and try again; nothing was changed.', { cause: failure });
}
