import { describe, expect, it } from 'vitest';

import { isPreviewReason, PREVIEW_REASONS, previewStateOf } from './preview-reasons.ts';

describe('preview reasons', () => {
  it('are one plain sentence each', () => {
    for (const { sentence } of Object.values(PREVIEW_REASONS)) {
      expect(sentence).toMatch(/^[A-Z][^\n]{20,90}\.$/);
      expect(sentence).not.toMatch(/decoder process|exit code|signal|error/i);
    }
  });

  it('are told from other words', () => {
    expect([isPreviewReason('damaged'), isPreviewReason('toString')]).toEqual([true, false]);
  });

  it('say of a file without a picture that there is none, not that it failed', () => {
    expect(previewStateOf('failed', 'not-an-image')).toEqual({
      tile: 'none',
      tileReason: 'not-an-image',
    });
    expect(previewStateOf('failed', 'damaged').tile).toBe('failed');
    expect(previewStateOf('failed', 'of a newer Roost')).toEqual({ tile: 'failed' });
    expect(previewStateOf('ready', undefined)).toEqual({ tile: 'ready' });
  });
});
