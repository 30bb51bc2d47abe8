import type { ShellCall, ShellCalls } from '../../shared/shell-bridge.ts';
import { isTrustedSender, type SenderFrame, type WindowOrigin } from './web-rules.ts';

/** The part of Electron's `ipcMain` that is used; this file is the only one that listens to pages. */
export interface CallPort {
  handle(
    channel: ShellCall,
    listener: (
      event: { readonly senderFrame: SenderFrame | null },
      ...told: readonly unknown[]
    ) => Promise<unknown>,
  ): void;
}

export interface ShellCallsParts {
  readonly port: CallPort;
  /** A missing one does not compile. What a page tells them is not parsed yet. */
  readonly handlers: {
    readonly [Call in ShellCall]: (told: unknown) => ReturnType<ShellCalls[Call]>;
  };
  readonly windowOrigin: () => WindowOrigin;
  readonly onRefused: (channel: ShellCall) => void;
}

/** Answers what pages ask the shell, and refuses loudly whoever is not the service's own page. */
export function answerShellCalls(parts: ShellCallsParts): void {
  for (const channel of Object.keys(parts.handlers) as ShellCall[]) {
    parts.port.handle(channel, async (event, told) => {
      if (!isTrustedSender(event.senderFrame, parts.windowOrigin())) {
        parts.onRefused(channel);
        throw new Error(`Only Roost's own page may ask for ${channel}.`);
      }
      return parts.handlers[channel](told);
    });
  }
}
