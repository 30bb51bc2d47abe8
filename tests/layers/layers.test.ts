import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import config from '../../.dependency-cruiser.mjs';
import { cruiseTree, findViolations } from './planted-tree.ts';
import { PLANTED_VIOLATIONS } from './planted-violations.ts';

const rules = config.forbidden ?? [];

describe('the layer rules', () => {
  it('find nothing wrong in a tree that keeps them', async () => {
    expect(await findViolations({})).toEqual([]);
  });

  it.each(PLANTED_VIOLATIONS)('catch it when $deed ($rule)', async ({ rule, from, files }) => {
    const caught = await findViolations(files);
    expect(caught).toContainEqual({ rule, from });
    expect([...new Set(caught.map((violation) => violation.rule))]).toEqual([rule]);
  });

  it('have a planted violation each', () => {
    const planted = new Set(PLANTED_VIOLATIONS.map((violation) => violation.rule));
    expect([...planted].sort()).toEqual(rules.map((rule) => rule.name).sort());
  });

  it('each say what to do instead, and stop the build', () => {
    for (const rule of rules) {
      expect(rule.comment?.length, rule.name).toBeGreaterThan(40);
      expect(rule.severity, rule.name).toBe('error');
    }
  });

  it('let tests beside their subject use test tools and look across', async () => {
    const caught = await findViolations({
      'shared/asset.test.ts': `import 'node:fs';\nimport 'vitest';\nimport './asset.ts';\n`,
      'electron/service/catalog/catalog.test.ts': `import '../ingest/staging.ts';\nimport './catalog.ts';\n`,
    });
    expect(caught).toEqual([]);
  });

  it('are kept by this project', async () => {
    expect(await cruiseTree(join(import.meta.dirname, '..', '..'))).toEqual([]);
  });
});
