import { objectAt, stringAt, type Json } from '../../lib/json.ts';

/** How traffic moves to a new version of a function, for people: `10 % for 5 minutes, then all`. */
export function trafficOf(block: Json): string {
  const properties = objectAt(block, 'Properties');
  const preference = objectAt(properties, 'DeploymentPreference');
  if (properties['AutoPublishAlias'] === undefined) return 'no alias: at once';
  const type = preference['Enabled'] === false ? undefined : stringAt(preference, 'Type');
  if (type === undefined || type === 'AllAtOnce') return 'all at once';
  const [, kind, percent, more, minutes] = /^(Canary|Linear)(\d+)Percent(Every)?(\d+)Minutes?$/.exec(type) ?? [];
  if (kind === undefined || percent === undefined || minutes === undefined) return type;
  const unit = minutes === '1' ? 'minute' : 'minutes';
  if (kind === 'Canary') return `${percent} % for ${minutes} ${unit}, then all`;
  const whole = Math.ceil(100 / Number(percent) - 1) * Number(minutes);
  return more === undefined ? type : `${percent} % more every ${minutes} ${unit}: ${whole} minutes`;
}
