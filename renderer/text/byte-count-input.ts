const UNIT_BYTES: Readonly<Record<string, number>> = {
  '': 1e9,
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 1024,
  mib: 1024 ** 2,
  gib: 1024 ** 3,
  tib: 1024 ** 4,
};

/** Reads a size as a person writes it: "512 MB", "1.5 GB", "2,5gb"; without a unit gigabytes. */
export function parseByteCount(text: string): number | undefined {
  const match = /^(\d{1,15}(?:[.,]\d{1,6})?)\s*([a-z]{0,5})$/i.exec(text.trim());
  const unit = match?.[2]?.toLowerCase().replace(/^bytes?$/, 'b') ?? '';
  const unitBytes = Object.hasOwn(UNIT_BYTES, unit) ? UNIT_BYTES[unit] : undefined;
  if (match?.[1] === undefined || unitBytes === undefined) return undefined;
  return Math.round(Number(match[1].replace(',', '.')) * unitBytes);
}
