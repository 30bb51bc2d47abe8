import { ERRORS } from '../../../shared/error-catalogue.ts';
import type { CheckEntry } from '../../../shared/native-protocol.ts';
import type { UploadFailure } from './native-answers.ts';
import type { HashedResource } from './native-client.ts';
import type { SendFailure } from './send-result.ts';

/** A failure in words for the person at the terminal. */
export function failureOf(failure: UploadFailure): SendFailure {
  switch (failure.kind) {
    case 'refused': {
      const { code, message } = failure.error;
      return { code, detail: `${message} ${ERRORS[code].nextStep}` };
    }
    case 'network':
      return { code: failure.code, detail: 'The connection to Roost broke off every time.' };
    case 'odd-answer':
      return { code: 'odd-answer', detail: failure.detail };
    case 'file-changed':
      return { code: 'file-changed', detail: 'The file is being changed by another program.' };
    case 'file-unreadable':
      return { code: failure.code, detail: 'The file cannot be read.' };
  }
}

/** The failure of a file that could not be read here. */
export function failureOfFile(error: unknown): SendFailure {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  return { code: code ?? 'unreadable', detail: 'The file cannot be read.' };
}

export function checkEntryOf(resource: HashedResource): CheckEntry {
  const { assetKey, resourceType, byteCount, modifiedAt, sha256 } = resource;
  return { assetKey, resourceType, byteCount, modifiedAt, sha256 };
}
