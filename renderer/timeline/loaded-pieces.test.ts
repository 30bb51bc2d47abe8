import { QueryClient } from '@tanstack/react-query';
import { expect, it } from 'vitest';

import type { TimelineAsset } from '../../shared/window-views.ts';
import { queryKey } from '../app/use-service.ts';
import { mergeEvent } from './loaded-pieces.ts';
import { sampleAsset } from './sample-asset.fixture.ts';

const MAY = { month: '2026-05', firstDay: 1, lastDay: 31, offset: 0, limit: 100 };
const PLAIN = sampleAsset('2026-05', 1);
const MARKED: TimelineAsset = { ...PLAIN, isFavourite: true };

/** Whether a part of May that shows a marked photo is asked for again once this is told of it. */
function isAskedAgain(filter: { readonly favourite?: true }, told: TimelineAsset): boolean {
  const client = new QueryClient();
  const key = queryKey('timeline.month', { ...MAY, ...filter });
  client.setQueryData(key, { assets: [MARKED] });
  mergeEvent(client, { type: 'assets', assets: [told], months: ['2026-05'], removedAssetIds: [] });
  return client.getQueryState(key)?.isInvalidated === true;
}

it('asks a filter again whether it lets a photo through that changed', () => {
  expect(isAskedAgain({ favourite: true }, PLAIN)).toBe(true);
});

it('asks nobody where only the picture came, or nothing is filtered', () => {
  const withPicture: TimelineAsset = { ...MARKED, version: 'next', thumbhash: 'AQID', width: 900 };
  expect(isAskedAgain({ favourite: true }, withPicture)).toBe(false);
  expect(isAskedAgain({}, PLAIN)).toBe(false);
});
