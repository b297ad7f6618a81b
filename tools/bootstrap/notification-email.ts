import { Failure } from '../lib/failure.ts';

/**
 * The address of `--notify`. Undefined keeps the one that the stack has, empty takes it away.
 * @throws Failure for what cannot be an address
 */
export function readNotificationEmail(value: string | undefined): string | undefined {
  // As in infra/bootstrap.yaml, and without what SAM would read as the end of the parameter.
  if (value === undefined || value === '' || /^[^\s@"'=,]+@[^\s@"'=,]+\.[^\s@"'=,]+$/.test(value)) return value;
  throw new Failure(
    `--notify ${value} is no e-mail address.`,
    'Give one, such as someone@example.com, or "" for none.',
  );
}
