/** Every order that some things can come in: 120 of five. */
export function* ordersOf<T>(things: readonly T[]): Generator<T[]> {
  if (things.length < 2) {
    yield [...things];
    return;
  }
  for (const [at, first] of things.entries()) {
    for (const rest of ordersOf(things.toSpliced(at, 1))) yield [first, ...rest];
  }
}
