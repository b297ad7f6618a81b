import { useEffect, useState } from 'preact/hooks';
import { takeToken } from './client.ts';

/** `#/functions/users?sample=x`: the view, what it shows, and how. */
export interface Route {
  readonly view: string;
  /** The rest of the path, decoded. */
  readonly parts: readonly string[];
  readonly query: URLSearchParams;
}

export function readRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const [view = '', ...parts] = path.split('/').map(decoded);
  return { view: view === '' ? 'functions' : view, parts, query: new URLSearchParams(query) };
}

/** The address of a view. */
export function linkTo(
  view: string,
  parts: readonly string[] = [],
  query: Readonly<Record<string, string>> = {},
): string {
  const path = [view, ...parts.map(encodeURIComponent)].join('/');
  const asked = new URLSearchParams(query).toString();
  return `#/${path}${asked === '' ? '' : `?${asked}`}`;
}

/** What the address bar says, now and after each change. */
export function useRoute(): Route {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  useEffect(() => {
    const follow = (): void => {
      // The address of another start, put into the same tab.
      if (takeToken()) location.reload();
      else setRoute(readRoute(location.hash));
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, []);
  return route;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
