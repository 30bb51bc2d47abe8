import { describe, expect, it } from 'vitest';

import type { DayArrivals } from '../../../shared/home-view.ts';
import { forecastStorage } from './storage-forecast.ts';

const days = (...byteCounts: number[]): DayArrivals[] =>
  byteCounts.map((byteCount, index) => ({ day: `day ${index}`, fileCount: 1, byteCount }));
const even = (count: number, byteCount: number) =>
  days(...Array.from({ length: count }, () => byteCount));

describe('how long the free space lasts', () => {
  it('follows from the bytes a day of the days that are known', () => {
    expect(forecastStorage(even(90, 10), 400, 1_000)).toEqual({
      kind: 'full-in',
      fullInDays: 100,
      dayCount: 90,
      byteCountPerDay: 10,
    });
  });

  it('leaves out the first days, when a phone brings all it ever took', () => {
    const first = days(900_000, 900_000, 0, 0, 0, 0, 0);
    const forecast = forecastStorage([...even(60, 0), ...first, ...even(23, 10)], 30, 1_000);
    expect(forecast).toMatchObject({ kind: 'full-in', fullInDays: 100, dayCount: 23 });
  });

  it('is not made from a few days, or without knowing what is free', () => {
    expect(forecastStorage(even(90, 10), 20, 1_000)).toEqual({
      kind: 'unknown',
      dayCount: 13,
      neededDayCount: 14,
    });
    expect(forecastStorage(even(90, 10), 0, 1_000)).toMatchObject({ kind: 'unknown', dayCount: 0 });
    expect(forecastStorage(even(90, 10), 400, undefined).kind).toBe('unknown');
  });

  it('names no day where nothing comes, or none for ten years', () => {
    expect(forecastStorage(even(90, 0), 400, 1_000).kind).toBe('far');
    expect(forecastStorage(even(90, 1), 400, 4_000).kind).toBe('far');
  });

  it('is full today where nothing is free', () => {
    expect(forecastStorage(even(90, 10), 400, 0)).toMatchObject({ fullInDays: 0 });
  });
});
