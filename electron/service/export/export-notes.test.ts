import { expect, it } from 'vitest';

import { ExportNotes } from './export-notes.ts';

it('gives every group once and in order, however many are added while they are read', () => {
  const notes = new ExportNotes();
  let addedCount = 0;
  const add = (count: number): void => {
    for (const end = addedCount + count; addedCount < end;) {
      addedCount += 1;
      const name = `IMG_${addedCount}.JPG`;
      notes.addGroup([{ receiptId: name, byteCount: 1, name, path: name }]);
    }
  };
  add(150);
  const names: string[] = [];
  for (const { files } of notes.groups(1)) {
    names.push(...files.map(({ name }) => name));
    if (addedCount < 1_000) add(7);
  }
  expect(names).toEqual(Array.from({ length: addedCount }, (_, at) => `IMG_${at + 1}.JPG`));
  notes.close();
});
