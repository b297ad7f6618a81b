/** What the setting `logs/levels` of a stage can raise or lower a function to. */
const levels = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
export type Level = (typeof levels)[number];

/** What the setting says where every function logs as the template has it. */
export const asInTemplate = 'none';

/**
 * How much a function logs in an invocation, by the setting `logs/levels`: `none`, or a list such as `users=DEBUG,*=10%`.
 * A function has its own entry, else that of `*`: a level, or the share of its invocations that log at DEBUG. Undefined where
 * neither says something that can be understood.
 * @param random from 0 to 1, without 1
 */
export function levelFor(setting: string, service: string, random: number): Level | undefined {
  const entries = new Map(
    setting.split(',').map((entry) => {
      const [name = '', value = ''] = entry.split('=');
      return [name.trim(), value.trim()] as const;
    }),
  );
  const value = entries.get(service) ?? entries.get('*') ?? '';
  const [, percent] = /^(\d{1,2})%$/.exec(value) ?? [];
  if (percent !== undefined) return random * 100 < Number(percent) ? 'DEBUG' : undefined;
  return levels.find((level) => level === value);
}
