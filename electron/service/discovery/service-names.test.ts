import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  MAX_LABEL_BYTE_COUNT,
  hostLabel,
  instanceName,
  numberedHostLabel,
  numberedInstanceName,
  sameDnsName,
} from './service-names.ts';

/** Text a person, or an enemy, may give as a name: any unit, any length, lone surrogates too. */
const anyName = fc.string({ unit: 'binary', maxLength: 200 });
const number = fc.integer({ min: 1, max: 1000 });

const VALID_LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

describe('hostLabel', () => {
  it.each([
    ['Kitchen', 'kitchen'],
    ['Anna’s Mac mini', 'annas-mac-mini'],
    ['Küche  (Büro)', 'kuche-buro'],
    ['roost.example', 'roost-example'],
    ['日本', 'roost'],
    ['---', 'roost'],
  ])('makes %s into %s', (name, label) => {
    expect(hostLabel(name)).toBe(label);
  });

  it('is always a valid DNS label, numbered or not', () => {
    fc.assert(
      fc.property(anyName, number, (name, n) => {
        expect(numberedHostLabel(hostLabel(name), n)).toMatch(VALID_LABEL);
      }),
    );
  });
});

describe('instanceName', () => {
  it('keeps what people write', () => {
    expect(instanceName('Anna’s Küche 🐓')).toBe('Anna’s Küche 🐓');
  });

  it('has no dots and no control characters', () => {
    expect(instanceName('Mac\u0000 v2.0\n')).toBe('Mac  v2-0');
  });

  it('is always one label of well-formed text within 63 bytes, numbered or not', () => {
    fc.assert(
      fc.property(anyName, number, (name, n) => {
        const label = numberedInstanceName(instanceName(name), n);
        expect(Buffer.byteLength(label)).toBeGreaterThan(0);
        expect(Buffer.byteLength(label)).toBeLessThanOrEqual(MAX_LABEL_BYTE_COUNT);
        expect(label).not.toMatch(/[.\p{Cc}]/u);
        expect(label.isWellFormed()).toBe(true);
      }),
    );
  });

  it('differs for every number', () => {
    fc.assert(
      fc.property(
        anyName,
        fc.uniqueArray(number, { minLength: 2, maxLength: 2 }),
        (name, [a, b]) => {
          const base = instanceName(name);
          fc.pre(!/\(\d+\)$/.test(base));
          expect(numberedInstanceName(base, a!)).not.toBe(numberedInstanceName(base, b!));
        },
      ),
    );
  });
});

describe('sameDnsName', () => {
  it('ignores the case of ASCII letters only', () => {
    expect(sameDnsName('Kitchen.LOCAL', 'kitchen.local')).toBe(true);
    expect(sameDnsName('KÜCHE.local', 'küche.local')).toBe(false);
  });
});
