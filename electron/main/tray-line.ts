import { ERRORS } from '../../shared/error-catalogue.ts';
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
  if (status.libraryState === 'missing') return 'Library missing';
  if (status.libraryState === 'full') return 'Library disk full';
  return status.liveUploadCount > 0 ? `${countedUploads(status.liveUploadCount)} running` : 'Ready';
}
