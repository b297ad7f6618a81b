import type { RefObject, VNode } from 'preact';
import { useContext, useEffect, useRef } from 'preact/hooks';
import type { StageView } from '../api.ts';
import { hasToken } from './client.ts';
import { KeyHelp, useKeys } from './keys.tsx';
import { Navigation } from './navigation.tsx';
import { Empty } from './parts/notice.tsx';
import { PageHead } from './parts/page-head.tsx';
import { useRoute, type Route } from './route.ts';
import { ServerContext, useServer } from './stage-events.ts';
import { useLoad } from './use-load.ts';
import { View } from './views/view.tsx';

/** The whole page. */
export function App(): VNode {
  return hasToken() ? <Console /> : <Locked />;
}

/** Without a token nothing can be asked. */
function Locked(): VNode {
  return (
    <main class="locked">
      <PageHead title="Aviary console" />
      <Empty title="This tab has no token.">
        Open the address that <code>npm start</code> prints, with all that follows <code>#token=</code>. Each start has
        another one.
      </Empty>
    </main>
  );
}

function Console(): VNode {
  const server = useServer();
  return (
    <ServerContext.Provider value={server}>
      <Frame />
    </ServerContext.Provider>
  );
}

function Frame(): VNode {
  const route = useRoute();
  const { problem, retries } = useContext(ServerContext);
  const stage = useLoad<StageView>('/console/stage');
  const help = useKeys();
  const main = useFocusOn(route);
  const path = [route.view, ...route.parts, route.query.toString()].join('/');
  return (
    <>
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        To the content
      </a>
      <Navigation view={route.view} stage={stage.data} onHelp={() => help.current?.showModal()} />
      <main id="main" ref={main} tabIndex={-1}>
        <div role="status">
          {problem !== undefined && (
            <p class="notice bad">
              <strong>{problem.problem}</strong> {problem.next} {retries && 'It is asked again meanwhile.'}
            </p>
          )}
        </div>
        <View key={path} route={route} stage={stage} />
      </main>
      <KeyHelp dialog={help} />
    </>
  );
}

/** Leads the keyboard and the screen reader to the content of another view, as a page load would. */
function useFocusOn(route: Route): RefObject<HTMLElement> {
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  useEffect(() => {
    if (isFirst.current) isFirst.current = false;
    else {
      scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
  }, [route]);
  return main;
}
