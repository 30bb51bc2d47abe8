import { z } from 'zod';

import { ERRORS, type ErrorCode } from '../../shared/error-catalogue.ts';
import { LIBRARY_STATES } from '../../shared/library-state.ts';

/**
 * What the shell and the service's process say to each other: small, typed, parsed on both ends.
 *
 * Photos, settings and lists never pass here; the window gets those from the service itself.
 */

const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(['127.0.0.1', '[::1]', 'localhost']);

/** Only such an address may ever be loaded into the window. */
const loopbackUrlSchema = z
  .url({ protocol: /^http$/ })
  .max(2048)
  .refine((text) => LOOPBACK_HOSTS.has(new URL(text).hostname), {
    error: 'must be an address of this computer',
  });

const errorCodeSchema = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

const portSchema = z.number().int().min(0).max(65_535);

/** What the service's process needs to start; it adds its own log. Paths are absolute. */
export const serviceStartSchema = z.object({
  dataFolder: z.string().min(1),
  decoderEntry: z.string().min(1),
  rendererFolder: z.string().min(1),
  version: z.string().min(1),
  picturesFolder: z.string().min(1).exactOptional(),
  overrides: z.object({
    libraryFolder: z.string().min(1).exactOptional(),
    lanHost: z.string().min(1).exactOptional(),
    lanPort: portSchema.exactOptional(),
    windowPort: portSchema.exactOptional(),
    announce: z.boolean().exactOptional(),
  }),
});

export type ServiceStart = z.infer<typeof serviceStartSchema>;

/** From the shell to the service. */
export const shellMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), config: serviceStartSchema }),
  /** Take no new uploads, give those in flight `graceMs` to finish, then end the process. */
  z.object({ type: z.literal('stop'), graceMs: z.number().int().min(0) }),
]);

export const serviceStatusSchema = z.object({
  /** Uploads whose bytes are arriving now. */
  liveUploadCount: z.number().int().min(0),
  libraryState: z.enum(LIBRARY_STATES),
  libraryProblem: errorCodeSchema.exactOptional(),
});

/** From the service to the shell. */
export const serviceMessageSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('ready'),
    windowUrl: loopbackUrlSchema,
    /** Empty while the computer is in no network. */
    lanUrl: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(2048)]),
  }),
  z.object({ type: z.literal('status'), status: serviceStatusSchema }),
  z.object({ type: z.literal('settings'), startAtLogin: z.boolean() }),
  /** A changed setting needs a new start; the shell stops this process and starts another. */
  z.object({ type: z.literal('restart-asked') }),
  /** Told right before the process ends because it cannot go on. */
  z.object({
    type: z.literal('failed'),
    code: errorCodeSchema,
    message: z.string().max(4000),
  }),
]);

export type ShellMessage = z.infer<typeof shellMessageSchema>;
export type ServiceMessage = z.infer<typeof serviceMessageSchema>;
export type ServiceStatus = z.infer<typeof serviceStatusSchema>;
