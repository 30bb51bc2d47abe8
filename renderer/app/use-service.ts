import {
  keepPreviousData,
  type UseMutationResult,
  useMutation,
  type UseQueryResult,
  useQuery,
} from '@tanstack/react-query';

import type { RoostError } from '../../shared/error-catalogue.ts';
import type { WindowCall, WindowInput, WindowOutput } from '../../shared/window-api.ts';
import { callService } from './call-service.ts';

/** The cache key of a call; without input, the common start of all keys of that call. */
export function queryKey<C extends WindowCall>(
  call: C,
  input?: WindowInput<C>,
): readonly unknown[] {
  return input === undefined ? [call] : [call, input];
}

/** Asks the service and keeps the answer until an event or a mutation makes it old. */
export function useService<C extends WindowCall>(
  call: C,
  input: WindowInput<C>,
  options: {
    readonly enabled?: boolean;
    /** Show the answer to the previous input until the new one is here. */
    readonly keepPrevious?: boolean;
  } = {},
): UseQueryResult<WindowOutput<C>, RoostError> {
  return useQuery<WindowOutput<C>, RoostError>({
    queryKey: queryKey(call, input),
    queryFn: ({ signal }) => callService(call, input, signal),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true && { placeholderData: keepPreviousData }),
  });
}

/**
 * Changes something in the service. Answers that become old by it are named in `onSuccess`; where that gives a
 * promise, the change is pending until it is settled.
 */
export function useServiceMutation<C extends WindowCall>(
  call: C,
  options: {
    readonly onSuccess?: (answer: WindowOutput<C>, input: WindowInput<C>) => void | Promise<void>;
    /** Runs, as `onSuccess` does, also when the page that asked is left before. */
    readonly onError?: (error: RoostError) => void;
  } = {},
): UseMutationResult<WindowOutput<C>, RoostError, WindowInput<C>> {
  return useMutation<WindowOutput<C>, RoostError, WindowInput<C>>({
    mutationFn: (input) => callService(call, input),
    ...(options.onSuccess && { onSuccess: options.onSuccess }),
    ...(options.onError && { onError: options.onError }),
  });
}
