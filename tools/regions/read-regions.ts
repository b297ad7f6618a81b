import { Failure } from '../lib/failure.ts';

/** `eu-west-1,us-east-1` as a list, in the order in which they come. @throws Failure for what is no region, and for one twice */
export function readRegions(text: string): string[] {
  const regions = text.split(',').map(readRegion);
  const twice = regions.find((region, at) => regions.indexOf(region) !== at);
  if (twice !== undefined) throw new Failure(`--regions has ${twice} twice.`, 'Name each region once.');
  return regions;
}

/** @throws Failure for what cannot be a region */
export function readRegion(text: string): string {
  const region = text.trim();
  if (/^[a-z]{2}(-[a-z]+)+-\d$/.test(region)) return region;
  throw new Failure(`${JSON.stringify(text)} is no region.`, 'Name it as AWS does: eu-west-1.');
}
