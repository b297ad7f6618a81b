/** Opens an address; where no browser opens, a person can: it is printed in any case. */
export async function openInBrowser(url: string): Promise<void> {
  const { default: open } = await import('open');
  await open(url).catch(() => undefined);
}
