/** Whether the tests look at all that there is, as each night, or at a part that stands for it. */
export const inFull = process.env['AVIARY_TEST_DEPTH'] === 'full';
