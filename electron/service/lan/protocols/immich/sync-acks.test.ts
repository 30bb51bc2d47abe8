import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { FILE_STREAMS } from './file-streams.ts';
import { keysOf, reached } from './sync-acks.ts';

const LIST = '6a1c0b0e-0000-4000-8000-000000000000';

describe('what is kept of an acknowledgement', () => {
  it('are a few names, whatever an app sends', () => {
    const names = new Set<string>();
    const odd = fc.oneof(fc.string(), fc.constantFrom('AssetV2', LIST, '17'));
    const ack = fc.tuple(
      fc.oneof(odd, fc.constantFrom('AssetV2', 'SyncCompleteV1', 'UserV1', 'AlbumV1')),
      fc.oneof(odd, fc.constantFrom(LIST, '0123456789abcdef')),
      fc.oneof(odd, fc.constantFrom('17', 'AssetsV2:3,odd:4,:5', 'AssetsV2:x')),
    );
    fc.assert(
      fc.property(ack, fc.array(odd, { maxLength: 1 }), (parts, rest) => {
        for (const [name] of keysOf([...parts, ...rest].join('|'))) names.add(name);
      }),
      {
        numRuns: 2000,
        examples: [
          [['AssetV2', LIST, '17'], []],
          [['SyncCompleteV1', LIST, 'AssetsV2:3,odd:4,:5'], []],
        ],
      },
    );
    const entities = FILE_STREAMS.flatMap((stream) => [
      ...stream.entities,
      `SyncCompleteV1|${stream.request}`,
    ]);
    const known = new Set([...entities, 'AuthUserV1', 'UserV1']);
    expect([...names].filter((name) => !known.has(name))).toEqual([]);
    expect(names).toContain('AssetV2');
    expect(names).toContain('SyncCompleteV1|AssetsV2');
  });

  it('is how far the stream it was of was heard, by its files or by its end', () => {
    const stream = FILE_STREAMS.find(({ request }) => request === 'AssetsV2')!;
    const acks = [`AssetV2|${LIST}|4`, `SyncCompleteV1|${LIST}|AssetsV2:9,AssetMetadataV1:3`];
    expect(reached(stream, new Map(keysOf(acks[0]!)))).toBe(4);
    expect(reached(stream, new Map(acks.flatMap(keysOf)))).toBe(9);
    expect(reached(stream, new Map(keysOf(`AssetV2|${LIST}|-1`)))).toBe(0);
  });
});
