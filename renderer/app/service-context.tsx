import {
  MutationCache,
  QueryClient,
  QueryClientProvider,
  useQueryClient,
} from '@tanstack/react-query';
import {
  createContext,
  type ReactNode,
  useContext,
  useEffect,
  useEffectEvent,
  useState,
  useSyncExternalStore,
} from 'react';

import { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowEvent, WindowOutput } from '../../shared/window-api.ts';
import { appText } from '../text/app-text.ts';
import { showToast } from '../ui/toast.tsx';
import { Connection, type ConnectionState } from './connection.ts';
import { queryKey } from './use-service.ts';

const ConnectionContext = createContext<Connection | undefined>(undefined);

function useConnectionItself(): Connection {
  const connection = useContext(ConnectionContext);
  if (connection === undefined) throw new Error('This must stand inside a ServiceProvider.');
  return connection;
}

function makeQueryClient(): QueryClient {
  return new QueryClient({
    mutationCache: new MutationCache({
      // Whatever page it was pressed on: nothing that was not done passes in silence.
      onError: (error) => {
        const isAway = error instanceof RoostError && error.code === 'service/not-running';
        if (isAway) showToast(appText.connection.notDone);
      },
    }),
    defaultOptions: {
      queries: {
        // Events say when something is old; asking again on every focus would only be noise.
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
        // The connection's recovery asks anew, so waiting queries need no retries of their own.
        retry: (count, error) =>
          count < 1 && error instanceof RoostError && error.facts.retry === 'later',
      },
      mutations: { networkMode: 'always' },
    },
  });
}

/** Gives everything below it the service: cached answers and live events. */
export function ServiceProvider({ children }: { readonly children: ReactNode }) {
  const [client] = useState(makeQueryClient);
  const [connection] = useState(() => new Connection());
  useEffect(() => connection.open(), [connection]);
  useEffect(
    () => connection.onRecovered(() => void client.invalidateQueries()),
    [connection, client],
  );
  return (
    <ConnectionContext value={connection}>
      <QueryClientProvider client={client}>
        <SharedEvents />
        {children}
      </QueryClientProvider>
    </ConnectionContext>
  );
}

/** Answers that hold assets. */
const ASSET_CALLS = [
  'timeline.months',
  'timeline.month',
  'timeline.covers',
  'timeline.facets',
  'asset.get',
] as const;

/** What time alone changes, such as how much is free and what has waited for too long. */
const TIMELY_CALLS = ['overview.get', 'home.get'] as const;
const LOOK_EVERY_MS = 60_000;

/** What events mean for answers that more than one page shows. Pages add their own with `useWindowEvent`. */
function SharedEvents(): ReactNode {
  const client = useQueryClient();
  useEffect(() => {
    const timer = setInterval(() => {
      for (const call of TIMELY_CALLS) void client.invalidateQueries({ queryKey: queryKey(call) });
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [client]);
  useWindowEvent((event) => {
    if (event.type === 'devices') {
      void client.invalidateQueries({ queryKey: queryKey('devices.list') });
      void client.invalidateQueries({ queryKey: queryKey('coverage.list') });
      void client.invalidateQueries({ queryKey: queryKey('overview.get') });
    }
    if (event.type === 'overview' || event.type === 'discovery' || event.type === 'assets') {
      void client.invalidateQueries({ queryKey: queryKey('overview.get') });
    }
    if (event.type === 'coverage') {
      void client.invalidateQueries({ queryKey: queryKey('coverage.list') });
      void client.invalidateQueries({ queryKey: queryKey('coverage.sent') });
    }
    if (event.type === 'filing') {
      void client.invalidateQueries({ queryKey: queryKey('filing.get') });
    }
    if (event.type === 'scrub') {
      // It comes every second while originals are read: the rest of the overview need not be asked for.
      client.setQueryData<WindowOutput<'overview.get'>>(
        queryKey('overview.get', {}),
        (before) => before && { ...before, scrub: event.status },
      );
    }
    if (event.type === 'assets') {
      // What is on screen its page keeps current; what is not is old when it is shown again.
      for (const call of ASSET_CALLS) {
        void client.invalidateQueries({ queryKey: queryKey(call), refetchType: 'none' });
      }
    }
    if (event.type === 'jobs') {
      for (const { jobId } of event.jobs) {
        void client.invalidateQueries({
          queryKey: queryKey('job.get', { jobId }),
          refetchType: 'none',
        });
      }
    }
  });
  return null;
}

/** How the window stands with the service, and since when what it shows may be old. */
export function useConnection(): {
  readonly state: ConnectionState;
  readonly lostAt: number | undefined;
} {
  const connection = useConnectionItself();
  const state = useSyncExternalStore(
    (listener) => connection.onState(listener),
    () => connection.state,
  );
  return { state, lostAt: connection.lostAt };
}

/** Runs `handle` for each event of the service while the component is mounted. */
export function useWindowEvent(handle: (event: WindowEvent) => void): void {
  const connection = useConnectionItself();
  const onEvent = useEffectEvent(handle);
  useEffect(() => connection.onEvent((event) => onEvent(event)), [connection]);
}

/** Runs `handle` when events may have been missed, so that what is shown may be old. */
export function useRecovery(handle: () => void): void {
  const connection = useConnectionItself();
  const onRecovered = useEffectEvent(handle);
  useEffect(() => connection.onRecovered(() => onRecovered()), [connection]);
}
