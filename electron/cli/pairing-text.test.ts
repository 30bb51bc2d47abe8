import { describe, expect, it } from 'vitest';

import { qrText } from './pairing-text.ts';

describe('qrText', () => {
  it('draws a square of half blocks', () => {
    const lines = qrText('http://192.168.1.20:7678/#pair=123456', false).split('\n');
    const width = lines[0]?.length ?? 0;
    expect(lines.every((line) => line.length === width)).toBe(true);
    expect(lines).toHaveLength(Math.ceil(width / 2));
  });

  it('sets dark and light itself in a terminal, so that a light theme does not swap them', () => {
    for (const line of qrText('http://roost', true).split('\n')) {
      expect(line.startsWith('\u001b[38;5;231;48;5;16m')).toBe(true);
      expect(line.endsWith('\u001b[0m')).toBe(true);
    }
  });
});
