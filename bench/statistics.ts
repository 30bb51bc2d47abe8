/** The middle value; of an even number of values the lower of the two in the middle. `undefined` of none. */
export function median(values: readonly number[]): number | undefined {
  return quantile(values, 0.5);
}

/** The smallest value that at least the share `q` (0 to 1) of the values do not exceed. `undefined` of none. */
export function quantile(values: readonly number[], q: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
}
