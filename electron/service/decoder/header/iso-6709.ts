import type { Location } from '../../../../shared/receipt.ts';
import { asLocation } from './exif-facts.ts';

const POINT = /^([+-])(\d{2,6})(\.\d{1,12})?([+-])(\d{3,7})(\.\d{1,12})?/;

/** A place as movies write it: `+47.3769+008.5417+408/`, in degrees, or with minutes and seconds behind them. */
export function parseIso6709(text: string): Location | undefined {
  const match = POINT.exec(text.trim());
  if (!match) return undefined;
  const [
    ,
    latitudeSign,
    latitude = '',
    latitudeRest,
    longitudeSign,
    longitude = '',
    longitudeRest,
  ] = match;
  return asLocation({
    latitude: degreesOf(latitudeSign, latitude, latitudeRest, 2),
    longitude: degreesOf(longitudeSign, longitude, longitudeRest, 3),
  });
}

/** How many digits stand before the point says whether minutes and seconds are among them. */
function degreesOf(
  sign: string | undefined,
  digits: string,
  rest: string | undefined,
  degreeDigits: number,
): number {
  const parts = [digits.slice(0, degreeDigits)];
  for (let at = degreeDigits; at < digits.length; at += 2) parts.push(digits.slice(at, at + 2));
  if (digits.length < degreeDigits || parts.at(-1)?.length === 1) return Number.NaN;
  const numbers = parts.map((part, index) =>
    Number(index === parts.length - 1 ? `${part}${rest ?? ''}` : part),
  );
  const [degrees = Number.NaN, minutes = 0, seconds = 0] = numbers;
  const value = degrees + minutes / 60 + seconds / 3600;
  return sign === '-' ? 0 - value : value;
}
