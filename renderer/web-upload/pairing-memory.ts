/** What this browser remembers of the computer it is paired with. */
export interface Pairing {
  /** The `id` of `GET /v1/ping`: another Roost at the same address is not trusted with the token. */
  readonly serverId: string;
  readonly token: string;
  readonly deviceName: string;
}

export interface PairingMemory {
  read(): Pairing | undefined;
  /** False when the browser keeps nothing (private windows): the pairing then lasts until the page closes. */
  write(pairing: Pairing): boolean;
  forget(): void;
}

const KEY = 'roost.pairing';

/** `storage` is a function because reading `window.localStorage` may itself throw. */
export function pairingMemory(storage: () => Storage): PairingMemory {
  let held: Pairing | undefined;
  return {
    read: () => {
      if (held) return held;
      try {
        held = parsed(storage().getItem(KEY));
      } catch {
        return undefined;
      }
      return held;
    },
    write: (pairing) => {
      held = pairing;
      try {
        storage().setItem(KEY, JSON.stringify(pairing));
        return true;
      } catch {
        return false;
      }
    },
    forget: () => {
      held = undefined;
      try {
        storage().removeItem(KEY);
      } catch {
        // What could not be written need not be removed.
      }
    },
  };
}

function parsed(text: string | null): Pairing | undefined {
  if (text === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const { serverId, token, deviceName } = value as Record<string, unknown>;
  return typeof serverId === 'string' && typeof token === 'string' && typeof deviceName === 'string'
    ? { serverId, token, deviceName }
    : undefined;
}
