/** The item with this number, starting over after the last one. @throws when there is none. */
export function eachInTurn<T>(items: readonly T[], number: number): T {
  const item = items[number % items.length];
  if (item === undefined) throw new Error('There is nothing to take turns.');
  return item;
}
