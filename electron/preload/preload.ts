/**
 * The narrow bridge: the only code that sees both the page and the shell. It runs in the sandbox, so it may use
 * nothing of Node, and it hands the page named calls, never the messaging itself.
 */
import { contextBridge, ipcRenderer } from 'electron';

import {
  SHELL_BRIDGE_NAME,
  type ShellBridge,
  type ShellCall,
  type ShellCalls,
  VERSION_FLAG,
} from '../../shared/shell-bridge.ts';

function ask<C extends ShellCall>(
  call: C,
  ...told: Parameters<ShellCalls[C]>
): ReturnType<ShellCalls[C]> {
  return ipcRenderer.invoke(call, ...told) as ReturnType<ShellCalls[C]>;
}

const versionFlag = process.argv.find((argument) => argument.startsWith(VERSION_FLAG));

contextBridge.exposeInMainWorld(SHELL_BRIDGE_NAME, {
  platform: process.platform,
  version: versionFlag?.slice(VERSION_FLAG.length) ?? '',
  chooseFolder: (title) => ask('folder.choose', title),
  openOriginal: (receiptId) => ask('original.open', receiptId),
  showOriginalInFolder: (receiptId) => ask('original.show-in-folder', receiptId),
} satisfies ShellBridge);
