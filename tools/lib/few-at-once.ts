/**
 * Does work for each item, in their order, for so many of them side by side.
 * @throws what the first of them that fails throws
 */
export async function fewAtOnce<T>(
  items: readonly T[],
  count: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const rest = items.values();
  const inTurn = async (): Promise<void> => {
    for (const item of rest) await work(item);
  };
  await Promise.all(Array.from({ length: count }, inTurn));
}
