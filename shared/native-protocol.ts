import { z } from 'zod';

import { DEVICE_LIBRARY_STATES } from './library-state.ts';

/** Version of the native protocol, also the `v` of the mDNS TXT record. */
export const PROTOCOL_VERSION = 1;

/** The port a fresh Roost listens on for devices. */
export const DEFAULT_LAN_PORT = 7678;

/** Most entries one `POST /v1/check` may ask about. */
export const MAX_CHECK_ENTRIES = 5_000;

/** Header names of the native protocol, as written; HTTP compares them without case. */
export const HEADERS = {
  fileName: 'Roost-Filename',
  createdAt: 'Roost-Created-At',
  modifiedAt: 'Roost-Modified-At',
  favorite: 'Roost-Favorite',
  location: 'Roost-Location',
  cloudId: 'Roost-Cloud-Id',
  burstId: 'Roost-Burst-Id',
  result: 'Roost-Result',
  receipt: 'Roost-Receipt',
  asset: 'Roost-Asset',
  inventory: 'Roost-Inventory',
  error: 'Roost-Error',
  retry: 'Roost-Retry',
  reprDigest: 'Repr-Digest',
  uploadLimit: 'Upload-Limit',
  interopVersion: 'Upload-Draft-Interop-Version',
  uploadOffset: 'Upload-Offset',
  uploadLength: 'Upload-Length',
  uploadComplete: 'Upload-Complete',
  uploadIncomplete: 'Upload-Incomplete',
  uploadMetadata: 'Upload-Metadata',
  uploadDeferLength: 'Upload-Defer-Length',
  uploadExpires: 'Upload-Expires',
  uploadChecksum: 'Upload-Checksum',
  tusResumable: 'Tus-Resumable',
  tusVersion: 'Tus-Version',
  tusExtension: 'Tus-Extension',
  tusMaxSize: 'Tus-Max-Size',
  tusChecksumAlgorithm: 'Tus-Checksum-Algorithm',
} as const;

/**
 * `GET /v1/ping`, without authentication. `library` says whether uploads are taken now; a Roost before it did not
 * say, and one that says something newer is taken like that too.
 */
export const pingSchema = z.object({
  roost: z.literal(1),
  id: z.uuid(),
  name: z.string(),
  library: z.enum(DEVICE_LIBRARY_STATES).optional().catch(undefined),
});

const shortText = (max: number) => z.string().max(max);

/** What a device says of itself when pairing. */
export const pairingDeviceSchema = z.object({
  name: shortText(200).min(1),
  model: shortText(200).default(''),
  platform: shortText(60).default(''),
  app: shortText(200).default(''),
});

/** `POST /v1/pair`. */
export const pairRequestSchema = z.object({
  code: z.string().min(1).max(64),
  device: pairingDeviceSchema,
});

/** 201 answer of `POST /v1/pair`. The token is told this once and kept only as a hash. */
export const pairAnswerSchema = z.object({
  deviceId: z.uuid(),
  token: z.string(),
  server: z.object({ id: z.uuid(), name: z.string(), protocol: z.number().int() }),
});

/** One entry of `POST /v1/check`. `modifiedAt` is integer milliseconds UTC. */
export const checkEntrySchema = z.object({
  assetKey: shortText(1024).min(1),
  resourceType: shortText(64).min(1),
  byteCount: z.number().int().nonnegative().optional(),
  modifiedAt: z.number().int().optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

export const checkRequestSchema = z.object({
  resources: z.array(checkEntrySchema).max(MAX_CHECK_ENTRIES),
});

/** Answers stand in the order of the questions. `here` comes with the receipt that proves it. */
export const checkAnswerSchema = z.object({
  resources: z.array(
    z.object({
      assetKey: z.string(),
      resourceType: z.string(),
      needed: z.boolean(),
      receiptId: z.uuid().optional(),
      assetId: z.uuid().optional(),
    }),
  ),
});

export const UPLOAD_RESULTS = ['stored', 'duplicate', 'repeated'] as const;

/** JSON body of a successful upload; the same stands in the headers. */
export const uploadAnswerSchema = z.object({
  result: z.enum(UPLOAD_RESULTS),
  receiptId: z.uuid(),
  assetId: z.uuid(),
  byteCount: z.number().int(),
  sha256: z.string(),
});

export type UploadResult = (typeof UPLOAD_RESULTS)[number];
export type Ping = z.infer<typeof pingSchema>;
export type PairingDevice = z.infer<typeof pairingDeviceSchema>;
export type PairAnswer = z.infer<typeof pairAnswerSchema>;
export type CheckEntry = z.infer<typeof checkEntrySchema>;
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
export type UploadAnswer = z.infer<typeof uploadAnswerSchema>;

/** The upload path of a resource, percent-encoded. */
export function uploadPath(assetKey: string, resourceType: string): string {
  return `/v1/assets/${encodeURIComponent(assetKey)}/${encodeURIComponent(resourceType)}`;
}
