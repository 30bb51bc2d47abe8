import { powerMonitor, powerSaveBlocker } from 'electron';

import { liveUploadCountOf, type ServiceSupervisor } from './service-supervisor.ts';
import { SleepGuard } from './sleep-guard.ts';

/** No sleep while uploads run; a service that was down is tried at once when the computer wakes. */
export function setUpPower(supervisor: ServiceSupervisor): void {
  const guard = new SleepGuard(powerSaveBlocker);
  supervisor.onState((state) => guard.follow(liveUploadCountOf(state)));
  powerMonitor.on('resume', () => supervisor.tryNow());
}
