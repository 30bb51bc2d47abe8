import { z } from 'zod';

import { DEFAULT_FOLDER_TEMPLATE, parseTemplate } from './folder-template.ts';
import { DEFAULT_LAN_PORT } from './native-protocol.ts';

/** What a person can set, without the defaults: a change must not bring those back for what it leaves out. */
const fields = {
  /** Name shown to devices and announced on the network. */
  name: z.string().trim().min(1).max(63),
  /** Absolute path of the folder that holds the originals. */
  libraryFolder: z.string().min(1).max(4096),
  /** TCP port of the LAN listener. */
  lanPort: z.number().int().min(1).max(65_535),
  /** Announce on the local network by mDNS. */
  announce: z.boolean(),
  /** Bytes that stay free on the library's disk: an upload that would go below is refused. */
  reservedFreeByteCount: z
    .number()
    .int()
    .min(0)
    .max(1024 ** 4),
  /** Within so many days every original is read again and compared with its receipt; 0 is never by itself. */
  scrubEveryDays: z.number().int().min(0).max(3650),
  /** What lies in the trash for so many days is given up for good; 0 is never by itself. */
  emptyTrashAfterDays: z.number().int().min(0).max(3650),
  /** Where originals go below the library; see folder-template.ts. A change moves nothing by itself. */
  folderTemplate: z.string().superRefine((text, context) => {
    const read = parseTemplate(text);
    if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
  }),
  /** After so many days without a word of a device the person is told; 0 is never. */
  quietAfterDays: z.number().int().min(0).max(365),
  /** The same for single devices, by their ids. */
  quietAfterDaysOf: z
    .record(z.uuid(), z.number().int().min(0).max(365))
    .refine((days) => Object.keys(days).length <= 1_000),
  /** What was re-read within so many days counts as verified, and may be deleted from its device. */
  verifiedWithinDays: z.number().int().min(1).max(365),
  /** Desktop only: start Roost when the person signs in to the computer. */
  startAtLogin: z.boolean(),
};

/** All settings. Defaults that depend on the computer (name, library folder) come from the service. */
export const settingsSchema = z.object({
  ...fields,
  lanPort: fields.lanPort.default(DEFAULT_LAN_PORT),
  announce: fields.announce.default(true),
  reservedFreeByteCount: fields.reservedFreeByteCount.default(512 * 1024 ** 2),
  scrubEveryDays: fields.scrubEveryDays.default(30),
  emptyTrashAfterDays: fields.emptyTrashAfterDays.default(30),
  folderTemplate: fields.folderTemplate.default(DEFAULT_FOLDER_TEMPLATE),
  quietAfterDays: fields.quietAfterDays.default(7),
  quietAfterDaysOf: fields.quietAfterDaysOf.default({}),
  verifiedWithinDays: fields.verifiedWithinDays.default(30),
  startAtLogin: fields.startAtLogin.default(false),
});

export type Settings = z.infer<typeof settingsSchema>;

export const settingsChangeSchema = z.object(fields).partial();

export type SettingsChange = z.infer<typeof settingsChangeSchema>;

/** Settings that take effect only when the service starts again. */
export const RESTART_SETTINGS: readonly (keyof Settings)[] = ['libraryFolder', 'lanPort'];
