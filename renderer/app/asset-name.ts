import { callService } from './call-service.ts';

/** The file name of the only one of some assets; nothing where there are more, or where it cannot be asked for. */
export async function onlyNameOf(assetIds: readonly string[]): Promise<string | undefined> {
  const [assetId] = assetIds;
  if (assetId === undefined || assetIds.length > 1) return undefined;
  try {
    return (await callService('asset.get', { assetId })).asset.fileName;
  } catch {
    // Words without a name will do.
    return undefined;
  }
}
