import { expect, it } from 'vitest';

import type { LibraryState } from '../../shared/library-state.ts';
import type { ServiceState } from './service-supervisor.ts';
import { trayLine } from './tray-line.ts';

function ready(liveUploadCount: number, libraryState: LibraryState): ServiceState {
  const status = { liveUploadCount, libraryState };
  return { kind: 'ready', windowUrl: 'http://127.0.0.1/', lanUrl: 'http://10.0.0.2', status };
}

const failure = { code: 'library/in-use', detail: '', crashCount: 1 } as const;

it.each<[ServiceState, string]>([
  [{ kind: 'starting' }, 'Starting'],
  [{ kind: 'restarting' }, 'Starting'],
  [ready(0, 'ready'), 'Ready'],
  [ready(1, 'ready'), '1 upload running'],
  [ready(3, 'ready'), '3 uploads running'],
  [ready(3, 'missing'), 'Library missing'],
  [ready(0, 'full'), 'Library disk full'],
  [ready(0, 'opening'), 'Opening the library'],
  [ready(0, 'in-use'), 'Library in use by another Roost'],
  [ready(0, 'unusable'), 'Library cannot be used'],
  [{ kind: 'down', failure, retryInMs: 500 }, 'Not running: Another Roost is using this library.'],
  [{ kind: 'finishing', liveUploadCount: 2 }, 'Finishing 2 uploads'],
  [{ kind: 'finishing', liveUploadCount: 0 }, 'Closing'],
  [{ kind: 'stopped' }, 'Stopped'],
])('says of %j: %s', (state, line) => {
  expect(trayLine(state)).toBe(line);
});
