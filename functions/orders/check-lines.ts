import type { ValuesOf } from '@shared/config/settings';
import { ValidationError } from '@shared/errors/app-error';
import type { OrderLine } from '@shared/orders/stored-event';
import type { settings } from './settings.ts';

/** Holds the lines of an order against what the stage takes now. @throws {ValidationError} where there are too many */
export async function checkLines(
  current: () => Promise<ValuesOf<typeof settings>>,
  lines: readonly OrderLine[],
): Promise<void> {
  const { maxLines } = await current();
  if (lines.length > maxLines) {
    throw new ValidationError([{ field: 'lines', message: `must be at most ${maxLines} at present` }]);
  }
}
