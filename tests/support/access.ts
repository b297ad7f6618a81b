/** Whether a call was let through: what the service itself answers after that, a missing resource, say, is no refusal. */
export async function access(call: Promise<unknown>): Promise<'allowed' | 'denied'> {
  try {
    await call;
    return 'allowed';
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (/AccessDenied|AuthorizationError/.test(error.name)) return 'denied';
    // A fault of the test itself is not to be taken for an answer.
    if (/Token|Signature|ECONN|TypeError|InvalidClient/.test(error.name)) throw error;
    return 'allowed';
  }
}
