import { afterAll } from 'vitest';

/** Counts what an actor tried and what got through, and prints both when the file is done. */
export function attemptsOf(actor: string): {
  /** Notes one attempt, and passes `gotThrough` on. */
  note(gotThrough: boolean): boolean;
} {
  let [tried, through] = [0, 0];
  afterAll(() => {
    console.log(`attacks by ${actor}: ${tried} tried, ${through} got through`);
  });
  return {
    note(gotThrough) {
      tried += 1;
      if (gotThrough) through += 1;
      return gotThrough;
    },
  };
}
