import type { IncomingHttpHeaders } from 'node:http';

/** The names by which a browser of this machine reaches a port of its loopback. */
export const ownHosts = (port: number): ReadonlySet<string> =>
  new Set([`localhost:${port}`, `127.0.0.1:${port}`, `[::1]:${port}`]);

/**
 * Why a request does not come from a page of this server itself, or of whoever typed its address; undefined where it does.
 * Another name that resolves to this machine is not to read what is here (DNS rebinding), and no page of another origin
 * is to send anything, also where it could not read the answer. A browser says where a request comes from in `Origin`,
 * unless it is a GET, and in `Sec-Fetch-Site`; a program that is no browser says neither. (Fetch Standard; W3C, "Fetch
 * Metadata Request Headers".)
 */
export function whyForeign(headers: IncomingHttpHeaders, hosts: ReadonlySet<string>): string | undefined {
  const { host = '', origin } = headers;
  const site = headers['sec-fetch-site'] ?? 'none';
  if (!hosts.has(host)) return 'Not for this host';
  if (origin !== undefined && origin !== `http://${host}`) return 'Not for this origin';
  return site === 'same-origin' || site === 'none' ? undefined : 'Not for another site';
}
