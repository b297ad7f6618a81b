/**
 * Asks again and again, four at a time: before, while and after something happens, at least ten rounds of each of the four
 * before and after.
 * @returns every answer
 */
export async function whileAsking<Answer>(
  ask: () => Promise<readonly Answer[]>,
  happen: () => Promise<void>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let rounds = 0;
  let isOver = false;
  let last = Infinity;
  const asker = async (): Promise<void> => {
    while (rounds < last) {
      answers.push(...(await ask()));
      rounds += 1;
    }
  };
  const enough = async (count: number): Promise<void> => {
    const target = rounds + count;
    while (rounds < target && !isOver) await new Promise((resolve) => setImmediate(resolve));
  };
  const askers = Promise.all(Array.from({ length: 4 }, asker)).finally(() => {
    isOver = true;
  });
  try {
    await enough(40);
    await happen();
    await enough(40);
  } finally {
    last = rounds;
    await askers;
  }
  return answers;
}
