import { z } from 'zod';

import { timelineAssetSchema } from './window-views.ts';

/** What the home page shows beside the overview. */

/** What a person can put away that cannot be repaired. */
export const DISMISSIBLE = ['failed', 'broken-off'] as const;
export type Dismissible = (typeof DISMISSIBLE)[number];

export const dayArrivalsSchema = z.object({
  /** `YYYY-MM-DD` in the time zone of the service's computer. */
  day: z.string(),
  fileCount: z.number().int(),
  byteCount: z.number().int(),
});

/** How long the free space lasts, less what is to stay free. */
export const storageForecastSchema = z.discriminatedUnion('kind', [
  /** Too few days are known, or it is not known what is free. */
  z.object({
    kind: z.literal('unknown'),
    dayCount: z.number().int(),
    neededDayCount: z.number().int(),
  }),
  /** Not within ten years. */
  z.object({
    kind: z.literal('far'),
    dayCount: z.number().int(),
    byteCountPerDay: z.number().int(),
  }),
  z.object({
    kind: z.literal('full-in'),
    fullInDays: z.number().int(),
    /** How many days it follows from. */
    dayCount: z.number().int(),
    byteCountPerDay: z.number().int(),
  }),
]);

export const homeDeviceSchema = z.object({
  deviceId: z.uuid(),
  name: z.string(),
  /** Absent for one that was never heard. */
  lastSeenAt: z.number().int().optional(),
  /** Jobs of it that are being received now. */
  sendingCount: z.number().int(),
  /** It was not heard for longer than a device should be silent. */
  isQuiet: z.boolean(),
  /** False for Roost's page in a browser, which sends what is picked there. */
  sendsByItself: z.boolean(),
});

export const homeViewSchema = z.object({
  today: z.object({
    fileCount: z.number().int(),
    byteCount: z.number().int(),
    /** The last that came, newest arrival first. */
    assets: z.array(timelineAssetSchema),
  }),
  /** The last thirty days, the oldest first and today last. */
  days: z.array(dayArrivalsSchema),
  storage: z.object({
    /** Bytes of all originals, those in the trash too. */
    libraryByteCount: z.number().int(),
    freeByteCount: z.number().int().optional(),
    /** Size of the library's disk. */
    diskByteCount: z.number().int().optional(),
    forecast: storageForecastSchema,
  }),
  /** Devices that may send, the last heard first. */
  devices: z.array(homeDeviceSchema),
  /** Jobs that failed in the last thirty days, without those that were dismissed since. */
  failedJobCount: z.number().int(),
  /** Jobs of the last thirty days that broke off and have waited for longer than it takes to come back. */
  brokenOff: z.object({
    count: z.number().int(),
    /** Where it is only one. */
    job: z.object({ jobId: z.uuid(), fileName: z.string(), deviceName: z.string() }).optional(),
  }),
});

export type DayArrivals = z.infer<typeof dayArrivalsSchema>;
export type StorageForecast = z.infer<typeof storageForecastSchema>;
export type HomeDevice = z.infer<typeof homeDeviceSchema>;
export type HomeView = z.infer<typeof homeViewSchema>;
