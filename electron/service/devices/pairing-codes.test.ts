import { beforeEach, describe, expect, it } from 'vitest';

import { ManualClock } from '../../../tests/support/manual-clock.ts';

import { PairingCodes } from './pairing-codes.ts';

const MINUTE_MS = 60_000;

let clock: ManualClock;
let codes: PairingCodes;
let changeCount: number;

beforeEach(() => {
  clock = new ManualClock();
  changeCount = 0;
  codes = new PairingCodes(clock, () => (changeCount += 1));
});

/** A code that is not the one given. */
function wrong(code: string): string {
  return String((Number(code) + 1) % 10 ** 8).padStart(8, '0');
}

describe('a pairing code', () => {
  it('has eight digits and says until when it is good', () => {
    const { code, expiresAt, name } = codes.begin('Ada’s phone');
    expect(code).toMatch(/^\d{8}$/);
    expect(expiresAt).toBe(clock.now() + 10 * MINUTE_MS);
    expect(name).toBe('Ada’s phone');
    expect(codes.begin('').name).toBeUndefined();
  });

  it('is good once', () => {
    const { code } = codes.begin();
    expect(codes.redeem(code)).toMatchObject({ code });
    expect(() => codes.redeem(code)).toThrow(
      expect.objectContaining({ code: 'pairing/code-invalid' }),
    );
  });

  it('is good until its last millisecond, and not after', () => {
    const first = codes.begin();
    clock.advance(10 * MINUTE_MS - 1);
    codes.redeem(first.code);
    const second = codes.begin();
    clock.advance(10 * MINUTE_MS);
    expect(() => codes.redeem(second.code)).toThrow(
      expect.objectContaining({ code: 'pairing/code-invalid' }),
    );
  });

  it.each([
    ['blanks', (code: string) => ` ${code.slice(0, 4)} ${code.slice(4)}\n`],
    ['hyphens', (code: string) => code.replaceAll(/(?=\B)/g, '-')],
    ['long dashes', (code: string) => `${code.slice(0, 4)}\u2013${code.slice(4)}`],
    ['no-break blanks', (code: string) => `${code.slice(0, 4)}\u00a0${code.slice(4)}`],
  ])('may be typed with %s', (_, typed) => {
    const { code } = codes.begin();
    expect(codes.redeem(typed(code))).toMatchObject({ code });
  });

  it.each(['', '0', 'ABCDEFGH', '9'.repeat(64), '１２３４５６７８'])('is not %j', (told) => {
    codes.begin();
    expect(() => codes.redeem(told)).toThrow(
      expect.objectContaining({ code: 'pairing/code-invalid' }),
    );
  });

  it('can be cancelled', () => {
    const { code } = codes.begin();
    codes.cancel(code);
    expect(() => codes.redeem(code)).toThrow(
      expect.objectContaining({ code: 'pairing/code-invalid' }),
    );
  });
});

describe('guessing', () => {
  it('ends after five tries: open codes are gone, and nothing works for a minute', () => {
    const { code } = codes.begin();
    for (let attempt = 1; attempt < 5; attempt++) {
      expect(() => codes.redeem(wrong(code))).toThrow(
        expect.objectContaining({ code: 'pairing/code-invalid' }),
      );
    }
    expect(changeCount).toBe(0);
    expect(() => codes.redeem(wrong(code))).toThrow(
      expect.objectContaining({ code: 'pairing/too-many-tries' }),
    );
    expect(changeCount).toBe(1);
    const next = codes.begin();
    expect(() => codes.redeem(next.code)).toThrow(
      expect.objectContaining({ code: 'pairing/too-many-tries' }),
    );
    clock.advance(MINUTE_MS);
    expect(() => codes.redeem(code)).toThrow(
      expect.objectContaining({ code: 'pairing/code-invalid' }),
    );
    expect(codes.redeem(next.code)).toMatchObject({ code: next.code });
  });

  it('starts to count anew after a code was used', () => {
    for (let round = 0; round < 3; round++) {
      const { code } = codes.begin();
      for (let attempt = 1; attempt < 5; attempt++) {
        expect(() => codes.redeem(wrong(code))).toThrow('wrong, used or expired');
      }
      codes.redeem(code);
    }
  });

  it('while no code is open costs the next code nothing', () => {
    for (let attempt = 0; attempt < 50; attempt++) {
      expect(() => codes.redeem('00000000')).toThrow(
        expect.objectContaining({ code: 'pairing/code-invalid' }),
      );
    }
    const { code } = codes.begin();
    expect(codes.redeem(code)).toMatchObject({ code });
  });

  it('is not made easier by codes without end: the newest ten are open', () => {
    const made = Array.from({ length: 11 }, () => codes.begin().code);
    expect(() => codes.redeem(made[0]!)).toThrow(
      expect.objectContaining({ code: 'pairing/code-invalid' }),
    );
    expect(codes.redeem(made[1]!)).toMatchObject({ code: made[1] });
  });
});
