import { useEffect, useEffectEvent, useState } from 'react';

import { RoostError } from '../../shared/error-catalogue.ts';
import type { DeviceView, PairingView } from '../../shared/window-views.ts';
import { callService } from '../app/call-service.ts';
import { useService } from '../app/use-service.ts';
import { newlyTrusted, trustedPairings } from './newly-trusted.ts';

export type Pairing =
  | { readonly state: 'making' }
  | { readonly state: 'failed'; readonly error: RoostError; readonly retry: () => void }
  | { readonly state: 'open'; readonly invite: PairingView; readonly remainingMs: number }
  | { readonly state: 'expired'; readonly renew: () => void }
  | { readonly state: 'paired'; readonly device: DeviceView };

interface Invite extends PairingView {
  /** The pairings that held when the code was made. */
  readonly before: ReadonlySet<string>;
}

const TICK_MS = 1_000;

/**
 * Opens the door for one device while mounted: asks for a code, counts down, notices the device that came, and
 * takes the code back when nobody waits for it any more. `again` is the device that is to be paired again.
 */
export function usePairing(again?: Pick<DeviceView, 'deviceId'>): Pairing {
  const devices = useService('devices.list', {});
  const overview = useService('overview.get', {}).data;
  const startedAt = overview?.startedAt;
  const libraryState = overview?.library.state;
  const [invite, setInvite] = useState<Invite>();
  const [failure, setFailure] = useState<RoostError>();
  const [round, setRound] = useState(0);
  const [now, setNow] = useState(() => Date.now());
  const known = devices.data?.devices;

  const makeCode = useEffectEvent((isWanted: () => boolean) => {
    const before = trustedPairings(known ?? []);
    callService('pairing.begin', again === undefined ? {} : { deviceId: again.deviceId }).then(
      (made) => {
        if (!isWanted()) {
          void cancel(made.code);
          return;
        }
        setFailure(undefined);
        setNow(Date.now());
        setInvite({ ...made, before });
      },
      (error: unknown) => {
        if (isWanted()) setFailure(asRoostError(error));
      },
    );
  });
  // Codes live in the memory of the service: one that started again knows none of them.
  const mayBegin = known !== undefined && startedAt !== undefined;
  // Without its library Roost lets nobody in: that is said, and it goes on by itself when the library is back.
  const isLibraryOpen = libraryState === 'ready' || libraryState === 'full';
  useEffect(() => {
    if (!mayBegin) return;
    let isWanted = true;
    makeCode(() => isWanted);
    return () => {
      isWanted = false;
    };
  }, [mayBegin, startedAt, isLibraryOpen, round]);

  const code = invite?.code;
  useEffect(() => {
    if (code === undefined) return;
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => {
      clearInterval(timer);
      void cancel(code);
    };
  }, [code]);

  const restart = () => {
    setInvite(undefined);
    setFailure(undefined);
    setRound((before) => before + 1);
  };
  if (devices.error !== null) {
    return { state: 'failed', error: devices.error, retry: () => void devices.refetch() };
  }
  if (failure !== undefined) return { state: 'failed', error: failure, retry: restart };
  if (invite === undefined || known === undefined) return { state: 'making' };
  const device = newlyTrusted(invite.before, known);
  if (device !== undefined) return { state: 'paired', device };
  const remainingMs = invite.expiresAt - now;
  if (remainingMs <= 0) return { state: 'expired', renew: restart };
  return { state: 'open', invite, remainingMs };
}

function asRoostError(error: unknown): RoostError {
  if (error instanceof RoostError) return error;
  return new RoostError('service/failed', undefined, { cause: error });
}

/** Taking a code back needs no answer: used, expired or unreachable, it opens nothing soon anyway. */
async function cancel(code: string): Promise<void> {
  await callService('pairing.cancel', { code }).catch(() => undefined);
}
