import fc from 'fast-check';
import { expect, it } from 'vitest';

import { scrollToMiddle, stripPadding, stripWindow } from './strip-window.ts';

const strip = fc.record({
  count: fc.integer({ min: 1, max: 500 }),
  pitch: fc.integer({ min: 20, max: 90 }),
  viewWidth: fc.integer({ min: 1, max: 3000 }),
});

it('has every frame in the page that is in sight, and only a bounded number', () => {
  fc.assert(
    fc.property(strip, fc.nat(), (asked, somewhere) => {
      const scrolled = somewhere % (asked.count * asked.pitch);
      const { start, end } = stripWindow(asked, scrolled);
      const padding = stripPadding(asked);
      for (let at = 0; at < asked.count; at += 1) {
        const left = padding + at * asked.pitch - scrolled;
        const isInSight = left < asked.viewWidth && left + asked.pitch > 0;
        if (isInSight) expect(at >= start && at < end).toBe(true);
      }
      expect(end - start).toBeLessThanOrEqual((2 * asked.viewWidth) / asked.pitch + 2);
    }),
  );
});

it('scrolls each frame to the middle, the first and the last too', () => {
  fc.assert(
    fc.property(strip, fc.nat(), (asked, any) => {
      fc.pre(asked.viewWidth >= asked.pitch);
      const at = any % asked.count;
      const middle = stripPadding(asked) + (at + 0.5) * asked.pitch - scrollToMiddle(asked, at);
      expect(middle).toBeCloseTo(asked.viewWidth / 2, 6);
    }),
  );
});
