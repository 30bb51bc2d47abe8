import { useState } from 'react';

import type { CoverageGroup, CoveredAsset } from '../../shared/coverage-view.ts';
import { RoostError } from '../../shared/error-catalogue.ts';
import { Link } from '../app/link.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { coverageText, itemFacts } from '../text/coverage-text.ts';
import { problemWords } from '../text/problem-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { CheckIcon } from '../ui/icons.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { TextField } from '../ui/text-field.tsx';
import { useCoveredAssets } from './use-covered-assets.ts';
import { useSettled } from './use-settled.ts';

const MAX_SEARCH_LENGTH = 200;
/** A pause in typing, after which the list follows. */
const TYPING_MS = 250;

/** The items of one group by name, with a field to find some. */
export function CoveredList(props: { readonly deviceId: string; readonly group: CoverageGroup }) {
  const { deviceId, group } = props;
  const [typed, setTyped] = useState('');
  const search = useSettled(typed.trim(), TYPING_MS);
  const found = useCoveredAssets(deviceId, group, search);
  const isEmpty = found.assets?.length === 0 && !found.hasMore;
  return (
    <div className="covered">
      <TextField
        label={coverageText.find}
        type="search"
        maxLength={MAX_SEARCH_LENGTH}
        value={typed}
        onChange={setTyped}
      />
      {found.error !== null && <QueryProblem error={found.error} onRetry={found.retry} />}
      {isEmpty && (
        <EmptyState icon={CheckIcon} title={coverageText.nothing}>
          {search === '' ? coverageText.nothingMeans : coverageText.noMatch}
        </EmptyState>
      )}
      {found.assets !== undefined && found.assets.length > 0 && (
        <ul className="covered__list" aria-label={coverageText.list}>
          {found.assets.map((asset) => (
            <CoveredItem key={asset.assetKey} asset={asset} group={group} />
          ))}
        </ul>
      )}
      {found.hasMore && (
        <div>
          <Button small isPending={found.isLoading} onPress={found.loadMore}>
            {coverageText.more}
          </Button>
        </div>
      )}
    </div>
  );
}

function CoveredItem(props: { readonly asset: CoveredAsset; readonly group: CoverageGroup }) {
  const { asset, group } = props;
  const { assetId, name, openTypes, errorCode, verifiedAt } = asset;
  const isHere = group === 'here' || group === 'verified';
  return (
    <li className="covered__item">
      {assetId === undefined ? (
        <span className="covered__name" dir="auto">
          {name}
        </span>
      ) : (
        <Link className="covered__name" dir="auto" href={paths.photo(assetId)}>
          {name}
        </Link>
      )}
      <p className="quiet small">{itemFacts(asset)}</p>
      {isHere && !asset.isUntold && (
        <p className="quiet small">
          {verifiedAt === undefined ? coverageText.notReread : <RereadAt at={verifiedAt} />}
        </p>
      )}
      {isHere && asset.isUntold && <p className="small">{coverageText.untold}</p>}
      {!isHere && openTypes.length > 0 && (
        <p className="small">{coverageText.missing(openTypes)}</p>
      )}
      {errorCode !== undefined && (
        <p className="small covered__reason">{problemWords(new RoostError(errorCode))}</p>
      )}
    </li>
  );
}

function RereadAt({ at }: { readonly at: number }) {
  const [before = '', after = ''] = coverageText.reread('\u0000').split('\u0000');
  return (
    <>
      {before}
      <RelativeTime at={at} />
      {after}
    </>
  );
}
