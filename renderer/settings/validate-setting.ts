import { settingsSchema } from '../../shared/settings.ts';
import { parseByteCount } from '../text/byte-count-input.ts';
import { settingsText } from '../text/settings-text.ts';

/** A field's text as a value, or what is wrong with it in words. */
export type Validated<Value> = { readonly value: Value } | { readonly problem: string };

export function validateName(text: string): Validated<string> {
  const name = text.trim();
  if (name === '') return { problem: settingsText.nameNeeded };
  if (!settingsSchema.shape.name.safeParse(name).success) {
    return { problem: settingsText.nameTooLong };
  }
  return { value: name };
}

/** Full paths of any computer: the browser does not tell which one the service runs on. */
const FULL_PATH = /^(?:\/|\\\\|[a-z]:[\\/])/i;

export function validateFolder(text: string): Validated<string> {
  const folder = text.trim();
  if (folder === '') return { problem: settingsText.libraryFolderNeeded };
  if (!FULL_PATH.test(folder)) return { problem: settingsText.libraryFolderRelative };
  return { value: folder };
}

export function validatePort(text: string): Validated<number> {
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : undefined;
  if (!settingsSchema.shape.lanPort.safeParse(port).success || port === undefined) {
    return { problem: settingsText.lanPortWrong };
  }
  return { value: port };
}

export function validateReserved(text: string): Validated<number> {
  const byteCount = parseByteCount(text);
  const isAllowed = settingsSchema.shape.reservedFreeByteCount.safeParse(byteCount).success;
  if (byteCount === undefined || !isAllowed) return { problem: settingsText.reservedWrong };
  return { value: byteCount };
}
