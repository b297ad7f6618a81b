import type { VNode } from 'preact';

const clock = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hour12: false,
});
const day = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });

/** A time of this machine's clock, with the day where that is not today. */
export function Time({ iso, ms = false }: { iso: string; ms?: boolean }): VNode {
  const time = new Date(iso);
  const isToday = time.toDateString() === new Date().toDateString();
  return (
    <time dateTime={iso} title={iso} class="number">
      {isToday ? '' : `${day.format(time)} `}
      {clock.format(time)}
      {ms && `.${String(time.getMilliseconds()).padStart(3, '0')}`}
    </time>
  );
}

/** `87 ms`, `1.24 s` */
export function duration(ms: number): string {
  if (ms >= 1_000) return `${(ms / 1_000).toFixed(2)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}
