import { SHELL_BRIDGE_NAME, type ShellBridge } from '../../shared/shell-bridge.ts';

/** What the desktop program offers to this page; nothing in a browser. */
export function shellBridge(): ShellBridge | undefined {
  return (window as { readonly [SHELL_BRIDGE_NAME]?: ShellBridge })[SHELL_BRIDGE_NAME];
}
