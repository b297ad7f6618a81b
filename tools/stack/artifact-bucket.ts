import { packagePlace, type StackRecord } from '../plan/record.ts';

/** The bucket that the deployed functions are in; undefined where none is in S3. */
export function artifactBucket({ functions }: StackRecord): string | undefined {
  for (const it of functions.values()) {
    const place = packagePlace(it);
    if (place) return place.bucket;
  }
  return undefined;
}
