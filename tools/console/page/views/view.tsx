import type { VNode } from 'preact';
import type { StageView } from '../../api.ts';
import { Empty } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import type { Route } from '../route.ts';
import type { Loaded } from '../use-load.ts';
import { Canary } from './canary.tsx';
import { DeadLetterQueuePage } from './dead-letter-queue.tsx';
import { DeadLetters } from './dead-letters.tsx';
import { Flags } from './flags.tsx';
import { FunctionPage } from './function.tsx';
import { Functions } from './functions.tsx';
import { GraphView } from './graph.tsx';
import { Logs } from './logs.tsx';
import { StoreContent } from './store.tsx';
import { Stores } from './stores.tsx';
import { Trace } from './trace.tsx';
import { Traces } from './traces.tsx';

interface ViewProps {
  readonly route: Route;
  readonly stage: Loaded<StageView>;
}

/** What the address asks for. */
export function View({ route, stage }: ViewProps): VNode {
  const [first, second] = route.parts;
  const names = stage.data?.functions.map(({ name }) => name) ?? [];
  switch (route.view) {
    case 'functions':
      return first === undefined ? <Functions stage={stage} /> : <FunctionPage name={first} stage={stage} />;
    case 'graph':
      return <GraphView name={first} />;
    case 'logs':
      return <Logs route={route} functions={names} />;
    case 'traces':
      return first === undefined ? <Traces /> : <Trace correlation={first} />;
    case 'stores':
      return first === undefined || second === undefined ? <Stores /> : <StoreContent kind={first} name={second} />;
    case 'dead-letters':
      return first === undefined ? <DeadLetters /> : <DeadLetterQueuePage queue={first} />;
    case 'flags':
      return <Flags />;
    case 'canary':
      return <Canary functions={names} />;
    default:
      return (
        <>
          <PageHead title="Not found" />
          <Empty title={`There is no view ${route.view}.`}>Choose one from the list of views.</Empty>
        </>
      );
  }
}
