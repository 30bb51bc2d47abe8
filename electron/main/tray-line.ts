import { ERRORS } from '../../shared/error-catalogue.ts';
import type { LibraryState } from '../../shared/library-state.ts';
import { countedUploads } from './counted-uploads.ts';
import type { ServiceState } from './service-supervisor.ts';

/** The tray's one line about how things are; what needs a person comes before what runs. */
export function trayLine(state: ServiceState): string {
  switch (state.kind) {
    case 'starting':
    case 'restarting':
      return 'Starting';
    case 'down':
      return `Not running: ${ERRORS[state.failure.code].title}`;
    case 'finishing':
      return state.liveUploadCount > 0
        ? `Finishing ${countedUploads(state.liveUploadCount)}`
        : 'Closing';
    case 'stopped':
      return 'Stopped';
    case 'ready':
      return readyLine(state.status);
  }
}

function readyLine(status: Extract<ServiceState, { kind: 'ready' }>['status']): string {
  const { libraryState, liveUploadCount } = status;
  if (libraryState !== 'ready') return LIBRARY_LINES[libraryState];
  return liveUploadCount > 0 ? `${countedUploads(liveUploadCount)} running` : 'Ready';
}

const LIBRARY_LINES: Readonly<Record<Exclude<LibraryState, 'ready'>, string>> = {
  full: 'Library disk full',
  opening: 'Opening the library',
  missing: 'Library missing',
  'in-use': 'Library in use by another Roost',
  unusable: 'Library cannot be used',
};
