import sharp from 'sharp';
import { describe, expect, it } from 'vitest';

import { factsInTail, isWholePreview, withFacts, withoutFacts } from './preview-file.ts';
import type { PreviewFacts } from './preview-store.ts';

const FACTS: PreviewFacts = {
  ...{ width: 640, height: 480, sourceWidth: 4032, sourceHeight: 3024 },
  thumbhash: 'abcd',
  quality: 'quick',
};

async function webp(side: number): Promise<Buffer> {
  const picture = {
    create: { width: side, height: side, channels: 3, background: 'teal' },
  } as const;
  return sharp(picture).webp().toBuffer();
}

const facts = (file: Buffer) =>
  factsInTail(file.subarray(0, 12), file.subarray(-1024), file.byteLength);

describe('a preview with its facts', () => {
  it.each([3, 64, 65, 300])('is the same picture again without them (%i px)', async (side) => {
    const picture = await webp(side);
    const file = withFacts(picture, FACTS);
    expect(facts(file)).toEqual(FACTS);
    expect(isWholePreview(file)).toBe(true);
    const again = withoutFacts(file);
    expect(again.subarray(0, picture.byteLength).equals(picture)).toBe(true);
    expect(again.byteLength - picture.byteLength).toBeLessThanOrEqual(1);
    expect(isWholePreview(again)).toBe(true);
  });

  it('can be shown by other programs as it is', async () => {
    const file = withFacts(await webp(20), FACTS);
    expect(await sharp(file).metadata()).toMatchObject({ format: 'webp', width: 20, height: 20 });
  });

  it('has none when it never had, was cut, or says nonsense', async () => {
    const picture = await webp(30);
    expect(facts(picture)).toBeUndefined();
    const file = withFacts(picture, FACTS);
    expect(facts(file.subarray(0, -2))).toBeUndefined();
    const changed = Buffer.from(file.toString('latin1').replace('"quick"', '"great"'), 'latin1');
    expect(facts(changed)).toBeUndefined();
  });
});
