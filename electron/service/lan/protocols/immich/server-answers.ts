/**
 * What Immich's clients ask of a server before they trust it. The major version is a gate: the app refuses a server of
 * another one. Shapes as in version 3.2 of Immich's own client (facts/immich-api-subset, 4.2).
 */
export const IMMICH_VERSION = { major: 3, minor: 2, patch: 2, prerelease: null };

export const VERSION_TEXT = `v${IMMICH_VERSION.major}.${IMMICH_VERSION.minor}.${IMMICH_VERSION.patch}`;

/** Only what Roost does; what an app does not find here it does not offer. */
export const SERVER_FEATURES = {
  configFile: false,
  duplicateDetection: false,
  email: false,
  facialRecognition: false,
  importFaces: false,
  map: false,
  oauth: false,
  oauthAutoLaunch: false,
  ocr: false,
  passwordLogin: true,
  realtimeTranscoding: false,
  reverseGeocoding: false,
  search: false,
  sidecar: true,
  smartSearch: false,
  trash: false,
};

/** `trashDays` counts what Roost keeps in its own trash; no client empties it. */
export function serverConfig(name: string): object {
  return {
    externalDomain: '',
    isInitialized: true,
    isOnboarded: true,
    loginPageMessage: `${name}: Roost, not an Immich server. Roost showed user and password when the device was paired; a new password is made in Roost’s window.`,
    maintenanceMode: false,
    mapDarkStyleUrl: '',
    mapLightStyleUrl: '',
    minFaces: 3,
    oauthButtonText: '',
    publicUsers: false,
    trashDays: 30,
    userDeleteDelay: 7,
  };
}

/** Extensions by which clients choose files: the list of Immich 3, since a file that is not offered is not backed up. */
export const MEDIA_TYPES = {
  image: [
    '.3fr .ari .arw .cap .cin .cr2 .cr3 .crw .dcr .dng .erf .fff .iiq .k25 .kdc .mrw .nef .nrw .orf .ori .pef .psd',
    '.raf .raw .rw2 .rwl .sr2 .srf .srw .x3f .avif .bmp .gif .heic .heif .hif .insp .jp2 .jpe .jpeg .jpg .jxl .mpo .png',
    '.svg .tif .tiff .webp',
  ].flatMap((line) => line.split(' ')),
  video:
    '.3gp .3gpp .avi .flv .insv .m2t .m2ts .m4v .mkv .mov .mp4 .mpe .mpeg .mpg .mts .mxf .ts .vob .webm .wmv'.split(
      ' ',
    ),
  sidecar: ['.xmp'],
};

const VIDEO_EXTENSIONS: ReadonlySet<string> = new Set(MEDIA_TYPES.video);

/** Whether a file counts as a video, by its media type or else by its name. */
export function isVideo(mediaType: string | undefined, fileName: string | undefined): boolean {
  if (mediaType !== undefined && /^(image|video)\//.test(mediaType))
    return mediaType.startsWith('video/');
  const dot = fileName?.lastIndexOf('.') ?? -1;
  return dot >= 0 && VIDEO_EXTENSIONS.has((fileName ?? '').slice(dot).toLowerCase());
}

/** What an app may choose for its own looks; Roost has none of it. */
export const PREFERENCES = {
  albums: { defaultAssetOrder: 'desc' },
  cast: { gCastEnabled: false },
  download: { archiveSize: 4 * 1024 ** 3, includeEmbeddedVideos: true },
  emailNotifications: { albumInvite: false, albumUpdate: false, enabled: false },
  folders: { enabled: false, sidebarWeb: false },
  memories: { duration: 5, enabled: false, sidebarWeb: false },
  people: { enabled: false, sidebarWeb: false },
  purchase: { hideBuyButtonUntil: '2100-01-01T00:00:00.000Z', showSupportBadge: false },
  ratings: { enabled: false },
  recentlyAdded: { sidebarWeb: false },
  sharedLinks: { enabled: false, sidebarWeb: false },
  tags: { enabled: false, sidebarWeb: false },
};
