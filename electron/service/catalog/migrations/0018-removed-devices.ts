/** Devices that a person does not want to see in the list of devices any more. */
export const removedDevices = {
  version: 18,
  sql: `
ALTER TABLE devices ADD COLUMN removed_at INTEGER;
`,
} as const;
