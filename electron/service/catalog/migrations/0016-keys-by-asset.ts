/** What one asset was sent as is looked up by the asset, too: without an index every key of the library is gone through. */
export const keysByAsset = {
  version: 16,
  sql: `
CREATE INDEX asset_keys_by_asset ON asset_keys (asset_id);
`,
} as const;
