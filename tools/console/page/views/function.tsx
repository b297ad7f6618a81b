import type { VNode } from 'preact';
import type { FunctionView, SampleEvent, StageView } from '../../api.ts';
import { pathOf } from '../client.ts';
import { Fact } from '../parts/log-line.tsx';
import { Empty, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { Time } from '../parts/time.tsx';
import { TreeState } from '../parts/tree-state.tsx';
import { linkTo } from '../route.ts';
import { useLoad, type Loaded } from '../use-load.ts';
import { Triggers } from './functions.tsx';
import { InvokeForm } from './invoke.tsx';

const list = { href: linkTo('functions'), label: 'All functions' };

/** One function: what runs of it, and a place to invoke it. */
export function FunctionPage({ name, stage }: { name: string; stage: Loaded<StageView> }): VNode {
  return (
    <>
      <PageHead title={name} above={list}>
        <a class="button" href={linkTo('graph', [name])}>
          Graph
        </a>
        <a class="button" href={linkTo('logs', [], { function: name })}>
          Logs
        </a>
      </PageHead>
      <Shown loaded={stage}>
        {({ functions }) => {
          const found = functions.find((it) => it.name === name);
          if (found !== undefined) return <Known of={found} />;
          return <Empty title={`There is no function ${name}.`}>Choose one from the list of all functions.</Empty>;
        }}
      </Shown>
    </>
  );
}

function Known({ of }: { of: FunctionView }): VNode {
  const samples = useLoad<readonly SampleEvent[]>(pathOf('functions', of.name, 'samples'));
  return (
    <>
      <dl class="facts boxed">
        <div>
          <dt>Tree</dt>
          <dd>
            <TreeState of={of} />
          </dd>
        </div>
        <div>
          <dt>Version</dt>
          <dd class="number">{of.version ?? '—'}</dd>
        </div>
        <div>
          <dt>Since</dt>
          <dd>{of.since === null ? '—' : <Time iso={of.since} />}</dd>
        </div>
        <Fact name="Release" value={of.release?.slice(0, 12) ?? '—'} />
        <Fact name="Commit" value={of.commit?.slice(0, 12) ?? '—'} />
        <Fact name="In Lambda" value={of.functionName} />
        <div>
          <dt>Triggers</dt>
          <dd>
            <Triggers of={of} />
          </dd>
        </div>
      </dl>
      {of.despite !== null && (
        <p class="notice warn">
          It was deployed in spite of {of.despite.alarm}: {of.despite.reason}
        </p>
      )}
      <Shown loaded={samples}>{(known) => <InvokeForm name={of.name} samples={known} />}</Shown>
    </>
  );
}
