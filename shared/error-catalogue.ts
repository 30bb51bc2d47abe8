/**
 * May the sender try again, as told in the `Roost-Retry` header:
 * `never` as it is; `same` the same bytes at once; `later` by itself; `after-user` once a person did something.
 */
export type Retry = 'never' | 'same' | 'later' | 'after-user';

interface ErrorFacts {
  /** HTTP status of the answer. */
  readonly status: number;
  readonly retry: Retry;
  /** One plain sentence: what happened. */
  readonly title: string;
  /** One plain sentence: what is safe and what to do next. */
  readonly nextStep: string;
  /** Registered problem type (RFC 9457), where there is one; else the code makes the type. */
  readonly problemType?: string;
  /**
   * On upload routes no answer is given and the connection is closed instead: a PhotoKit client drops a
   * job after a plain error answer but retries after a network error (facts/photokit-upload-jobs, 9.6).
   */
  readonly closesUpload?: true;
}

/** Every error a device, the window or the CLI can be told. Codes are stable; words may improve. */
export const ERRORS = {
  'auth/token-missing': {
    status: 401,
    retry: 'after-user',
    title: 'The request carried no device token.',
    nextStep: 'Pair this device with Roost and send its token as "Authorization: Bearer".',
  },
  'auth/token-invalid': {
    status: 401,
    retry: 'after-user',
    title: 'The device token is wrong or was revoked.',
    nextStep: 'Pair the device again. Photos already backed up stay where they are.',
  },
  'auth/window-key-invalid': {
    status: 401,
    retry: 'after-user',
    title: 'This window is not signed in to Roost.',
    nextStep: 'Open the address Roost printed at its last start, or start Roost again.',
  },
  'auth/login-wrong': {
    status: 401,
    retry: 'after-user',
    title: 'The name or the password is wrong.',
    nextStep: 'Type them as the computer shows them, or make a new password there.',
  },
  'auth/login-paused': {
    status: 429,
    retry: 'after-user',
    title: 'Too many wrong passwords.',
    nextStep: 'Wait a minute, then try again.',
  },
  'auth/login-locked': {
    status: 403,
    retry: 'after-user',
    title: 'This login was locked after many wrong passwords.',
    nextStep:
      'Unlock it on the computer, on the page of devices. Photos already backed up are safe.',
  },
  'auth/not-by-device': {
    status: 403,
    retry: 'never',
    title: 'Devices cannot do that.',
    nextStep: 'What is backed up is deleted at the computer alone, by hand.',
  },
  'auth/wrong-origin': {
    status: 403,
    retry: 'never',
    title: 'The request came from another site.',
    nextStep: 'Open Roost at its own address.',
  },
  'pairing/code-invalid': {
    status: 403,
    retry: 'after-user',
    title: 'The pairing code is wrong, used or expired.',
    nextStep: 'Show a new code on the computer and type that one.',
  },
  'pairing/too-many-tries': {
    status: 429,
    retry: 'after-user',
    title: 'Too many wrong pairing codes.',
    nextStep: 'Open codes were cancelled. Wait a minute, then show a new code on the computer.',
  },
  'request/invalid': {
    status: 400,
    retry: 'never',
    title: 'The request could not be understood.',
    nextStep: 'See docs/protocol.md for what this call takes.',
  },
  'request/not-found': {
    status: 404,
    retry: 'never',
    title: 'There is nothing at this address.',
    nextStep: 'See docs/protocol.md for the calls there are.',
  },
  'request/method-not-allowed': {
    status: 405,
    retry: 'never',
    title: 'This address does not take that method.',
    nextStep: 'See docs/protocol.md for the calls there are.',
  },
  'request/too-large': {
    status: 413,
    retry: 'never',
    title: 'The request is larger than allowed.',
    nextStep: 'Send it in smaller parts.',
  },
  'request/wrong-media-type': {
    status: 415,
    retry: 'never',
    title: 'The request has a Content-Type that this call does not take.',
    nextStep: 'See docs/protocol.md for what this call takes.',
  },
  'request/unsupported-version': {
    status: 412,
    retry: 'never',
    title: 'The request speaks a version of tus that Roost does not.',
    nextStep: 'Send "Tus-Resumable: 1.0.0".',
  },
  'upload/empty-body': {
    status: 422,
    retry: 'never',
    title: 'The upload had no bytes.',
    nextStep: 'A file without bytes cannot be backed up, and nothing was kept.',
  },
  'upload/length-mismatch': {
    status: 422,
    retry: 'same',
    title: 'The upload had another length than announced.',
    nextStep: 'Nothing was kept. Send the file again.',
  },
  'upload/digest-mismatch': {
    status: 422,
    retry: 'same',
    title: 'The bytes that arrived do not match the checksum that was sent.',
    nextStep: 'Nothing was kept. Send the file again.',
  },
  'upload/too-large': {
    status: 413,
    retry: 'never',
    title: 'The file is larger than Roost takes.',
    nextStep: 'Copy this one file by hand. Everything else can go on.',
  },
  'upload/interrupted': {
    status: 400,
    retry: 'same',
    title: 'The connection ended before the whole file had arrived.',
    nextStep:
      'Nothing was kept of it. Phones send it again by themselves; otherwise send it again.',
    closesUpload: true,
  },
  'upload/idle': {
    status: 408,
    retry: 'same',
    title: 'The device stopped sending.',
    nextStep:
      'Nothing was kept of it. Phones send it again by themselves; otherwise send it again.',
    closesUpload: true,
  },
  'upload/paused': {
    status: 400,
    retry: 'same',
    title: 'The connection ended before the whole file had arrived.',
    nextStep:
      'What arrived is kept for up to a week. The device goes on where it stopped, by itself.',
    closesUpload: true,
  },
  'upload/superseded': {
    status: 409,
    retry: 'same',
    title: 'The device opened a new connection for this upload.',
    nextStep: 'What arrived is kept. The device goes on over the new connection.',
    closesUpload: true,
  },
  'upload/not-found': {
    status: 404,
    retry: 'never',
    title: 'There is no such upload.',
    nextStep: 'It ended, expired or was cancelled. Begin it again from its first byte.',
  },
  'upload/offset-mismatch': {
    status: 409,
    retry: 'same',
    title: 'The upload goes on at another offset.',
    nextStep: 'Go on at the offset that this answer tells.',
    problemType: 'https://iana.org/assignments/http-problem-types#mismatching-upload-offset',
  },
  'upload/inconsistent-length': {
    status: 400,
    retry: 'never',
    title: 'What was said about the length of the upload does not fit together.',
    nextStep: 'Send one length, and as many bytes.',
    problemType: 'https://iana.org/assignments/http-problem-types#inconsistent-upload-length',
  },
  'upload/completed': {
    status: 400,
    retry: 'never',
    title: 'The upload has ended already.',
    nextStep: 'The file is safe. Nothing more can be added to it.',
    problemType: 'https://iana.org/assignments/http-problem-types#completed-upload',
  },
  'upload/part-digest-mismatch': {
    status: 422,
    retry: 'same',
    title: 'The bytes of this request do not match the checksum that was sent with them.',
    nextStep: 'Nothing of this request was kept. Send the same part again.',
  },
  'upload/cancelled': {
    status: 400,
    retry: 'never',
    title: 'The device cancelled the upload.',
    nextStep: 'Nothing was kept of it. The device may send the file again.',
  },
  'upload/let-go': {
    status: 404,
    retry: 'same',
    title: 'An unfinished upload was let go.',
    nextStep:
      'It waited too long, or its room was needed. The device sends the file again from the start.',
  },
  'inventory/incomplete': {
    status: 409,
    retry: 'same',
    title: 'Pages of the inventory are missing.',
    nextStep:
      'Send the pages that are named, then the last one again. The inventory before stays in force.',
  },
  'inventory/closed': {
    status: 409,
    retry: 'never',
    title: 'This inventory was completed before, with another page in this place.',
    nextStep: 'Send a new inventory under a new id.',
  },
  'library/disk-full': {
    status: 507,
    retry: 'after-user',
    title: "There is not enough room on the library's disk.",
    nextStep: 'Make room on the disk or move the library. What is backed up stays safe.',
  },
  'library/missing': {
    status: 503,
    retry: 'later',
    title: 'The library folder cannot be reached.',
    nextStep: 'Connect the drive again. Receiving goes on by itself.',
    closesUpload: true,
  },
  'library/other-library': {
    status: 409,
    retry: 'after-user',
    title: 'Another library lies in the library folder.',
    nextStep:
      'Connect the drive with the right one. To use this one instead, rename its folder and choose that in the settings. Both are untouched.',
  },
  'library/write-failed': {
    status: 500,
    retry: 'later',
    title: 'The computer could not write to the library.',
    nextStep: 'Check the drive and its permissions. What is backed up stays safe.',
    closesUpload: true,
  },
  'library/in-use': {
    status: 409,
    retry: 'after-user',
    title: 'Another Roost is using this library.',
    nextStep: 'Close the other Roost, or choose another library folder.',
  },
  'library/not-a-library': {
    status: 409,
    retry: 'after-user',
    title: 'This folder belongs to a newer Roost.',
    nextStep: 'Update Roost, or choose another library folder.',
  },
  'library/identity-damaged': {
    status: 409,
    retry: 'after-user',
    title: 'The file .roost/library.json of the library cannot be read.',
    nextStep:
      'Put it back from a backup, or choose another library folder. The photos are untouched.',
  },
  'export/folder-unusable': {
    status: 409,
    retry: 'after-user',
    title: 'The folder cannot be exported to.',
    nextStep: 'Choose another folder. The originals stay where they are.',
  },
  'export/folder-full': {
    status: 507,
    retry: 'after-user',
    title: 'The disk that is exported to is full.',
    nextStep: 'Make room there and export again: what is there already is not copied twice.',
  },
  'export/too-many': {
    status: 429,
    retry: 'later',
    title: 'Too many exports are open at once.',
    nextStep: 'Wait for one of them, or stop one.',
  },
  'service/stopping': {
    status: 503,
    retry: 'later',
    title: 'Roost is closing or starting again.',
    nextStep: 'The device sends the rest by itself once Roost runs.',
    closesUpload: true,
  },
  'service/overloaded': {
    status: 503,
    retry: 'later',
    title: 'Too many uploads at once.',
    nextStep: 'The device sends the rest by itself in a moment.',
    closesUpload: true,
  },
  'service/not-running': {
    status: 503,
    retry: 'after-user',
    title: 'Roost is not running on this computer.',
    nextStep: 'Start Roost, then try again.',
  },
  'service/already-running': {
    status: 409,
    retry: 'after-user',
    title: 'Roost is already running with this data folder.',
    nextStep: 'Use the one that runs, or stop it first.',
  },
  'service/port-in-use': {
    status: 409,
    retry: 'after-user',
    title: 'Another program is using the port Roost listens on.',
    nextStep: 'Stop that program, or choose another port in the settings.',
  },
  'service/failed': {
    status: 500,
    retry: 'later',
    title: 'Something went wrong inside Roost.',
    nextStep: 'What is backed up stays safe. The log in the data folder tells more.',
    closesUpload: true,
  },
} as const satisfies Record<string, ErrorFacts>;

export type ErrorCode = keyof typeof ERRORS;

/** The one error class: a code of the catalogue, and what exactly happened in `message`. */
export class RoostError extends Error {
  override readonly name = 'RoostError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? ERRORS[code].title, options);
    this.code = code;
  }

  get facts(): ErrorFacts {
    return ERRORS[this.code];
  }
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(ERRORS, text);
}

/** RFC 9457 problem details of an error; `detail` never carries a path or secret of this computer. */
export function problemOf(error: RoostError): Problem {
  const { status, retry, title, nextStep, problemType } = error.facts;
  return {
    type: problemType ?? `urn:roost:error:${error.code}`,
    title,
    status,
    detail: error.message === title ? nextStep : `${error.message} ${nextStep}`,
    code: error.code,
    retry,
  };
}

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly code: ErrorCode;
  readonly retry: Retry;
}
