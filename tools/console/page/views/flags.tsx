import type { VNode } from 'preact';
import { useId } from 'preact/hooks';
import type { Flag } from '../../api.ts';
import { pathOf, post } from '../client.ts';
import { Empty, ProblemNotice, Shown } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { useAction, useLoad } from '../use-load.ts';

/** The feature flags of the stage, each a switch. */
export function Flags(): VNode {
  const flags = useLoad<readonly Flag[]>('/console/flags');
  return (
    <>
      <PageHead title="Flags" intro="In this stage alone. Functions see a change within a minute." />
      <Shown loaded={flags}>
        {(all) =>
          all.length === 0 ? (
            <Empty title="The template declares no flag.">
              Add one to the flags of infra/, and read it in a function.
            </Empty>
          ) : (
            <ul class="flags">
              {all.map((flag) => (
                <FlagSwitch key={flag.name} flag={flag} onSwitched={flags.reload} />
              ))}
            </ul>
          )
        }
      </Shown>
    </>
  );
}

function FlagSwitch({ flag: { name, on, description }, onSwitched }: { flag: Flag; onSwitched: () => void }): VNode {
  const { busy, problem, start } = useAction();
  const about = useId();
  const change = (): void => {
    if (busy) return;
    start(async () => {
      await post<Flag>(pathOf('flags', name), { on: !on });
      onSwitched();
    });
  };
  return (
    <li>
      <button
        type="button"
        class="switch"
        role="switch"
        aria-checked={on}
        aria-busy={busy}
        aria-describedby={about}
        onClick={change}
      >
        <span class="knob" aria-hidden="true" />
        <span class="id">{name}</span>
        <span class="state">{busy ? '…' : on ? 'on' : 'off'}</span>
      </button>
      <p id={about}>{description}</p>
      <ProblemNotice problem={problem} />
    </li>
  );
}
