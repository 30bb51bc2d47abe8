import './coverage.css';

import { useRef } from 'react';

import type { DeviceCoverage } from '../../shared/coverage-view.ts';
import type { DeviceView } from '../../shared/window-views.ts';
import { Link } from '../app/link.tsx';
import { navigateBack, useSearch } from '../app/navigation.ts';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { paths } from '../app/routes.ts';
import { useService } from '../app/use-service.ts';
import { DeviceLogin } from '../pairing/device-login.tsx';
import { LoginLocked } from '../pairing/login-locked.tsx';
import { coverageText, hereCount } from '../text/coverage-text.ts';
import { deviceText } from '../text/device-text.ts';
import { formatInstant } from '../text/format.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { BackIcon, CheckIcon, DeviceIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { CoverageBar } from './coverage-bar.tsx';
import { chosenGroup, CoverageGroups } from './coverage-groups.tsx';
import { CoveredList } from './covered-list.tsx';
import { QuietSetting } from './quiet-setting.tsx';
import { SafeToDelete } from './safe-to-delete.tsx';
import { UnknownCoverage } from './unknown-coverage.tsx';

/** One device: how much of what it has is here, by name, and what is safe to delete from it. */
export function DevicePage({ deviceId }: { readonly deviceId: string }) {
  const devices = useService('devices.list', {});
  const list = useService('coverage.list', {});
  const device = devices.data?.devices.find((each) => each.deviceId === deviceId);
  const coverage = list.data?.devices.find((each) => each.deviceId === deviceId);
  const error = devices.error ?? list.error;
  const isGone = devices.data !== undefined && device === undefined;
  return (
    <Page
      key={deviceId}
      title={device?.name ?? deviceText.one}
      above={
        <div>
          <Button small variant="quiet" icon={BackIcon} onPress={() => navigateBack(paths.devices)}>
            {coverageText.back}
          </Button>
        </div>
      }
      actions={
        device && (
          <Link
            href={`${paths.jobs}?device=${deviceId}`}
            className={buttonClass()}
            aria-label={deviceText.jobsOf(device.name)}
          >
            {deviceText.jobs}
          </Link>
        )
      }
    >
      {error !== null && (
        <QueryProblem
          error={error}
          onRetry={() => void Promise.all([devices.refetch(), list.refetch()])}
        />
      )}
      {isGone && (
        <EmptyState icon={DeviceIcon} title={coverageText.gone}>
          {coverageText.goneNext}
        </EmptyState>
      )}
      {device && coverage && <DeviceCoverageView device={device} coverage={coverage} />}
    </Page>
  );
}

function DeviceCoverageView(props: {
  readonly device: DeviceView;
  readonly coverage: DeviceCoverage;
}) {
  const { device, coverage } = props;
  const { inventory, quietForDays } = coverage;
  const login = useRef<HTMLDivElement>(null);
  return (
    <>
      <LoginLocked
        device={device}
        onUnlocked={() => login.current?.querySelector('button')?.focus({ preventScroll: true })}
      />
      {quietForDays !== undefined && (
        <Notice tone="warn" title={coverageText.quiet.notice(device.name, quietForDays)}>
          {coverageText.quiet.next}
        </Notice>
      )}
      {inventory === undefined ? (
        <UnknownCoverage name={device.name} coverage={coverage} />
      ) : (
        <KnownCoverage name={device.name} coverage={coverage} inventory={inventory} />
      )}
      {coverage.draft && (
        <p className="quiet" role="status">
          {coverageText.draft(coverage.draft.assetCount)}
        </p>
      )}
      {device.trusted && (
        <div ref={login}>
          <DeviceLogin device={device} />
        </div>
      )}
      <QuietSetting coverage={coverage} />
    </>
  );
}

function KnownCoverage(props: {
  readonly name: string;
  readonly coverage: DeviceCoverage;
  readonly inventory: NonNullable<DeviceCoverage['inventory']>;
}) {
  const { name, coverage, inventory } = props;
  const { groups, assetCount, isComplete, committedAt } = inventory;
  const group = chosenGroup(useSearch(), inventory);
  return (
    <>
      <Panel title={coverageText.howMuch}>
        <Headline name={name} inventory={inventory} />
        {assetCount > 0 && <CoverageBar groups={groups} />}
        <p className="quiet small">
          {coverage.heardAt === undefined
            ? coverageText.neverHeard
            : coverageText.heard(formatInstant(coverage.heardAt))}{' '}
          {coverageText.inventoryFrom(formatInstant(committedAt))}
        </p>
        {groups.counting.assetCount > 0 && (
          <p className="quiet small">{coverageText.counting(groups.counting.assetCount)}</p>
        )}
        {!isComplete && groups.verified.assetCount === assetCount && assetCount > 0 && (
          <p className="small">{coverageText.libraryAway}</p>
        )}
      </Panel>
      {assetCount > 0 && (
        <Panel title={coverageText.items}>
          <CoverageGroups deviceId={coverage.deviceId} inventory={inventory} chosen={group} />
          {group === 'verified' ? (
            <SafeToDelete coverage={coverage} />
          ) : (
            <p className="quiet">{coverageText.meanings[group]}</p>
          )}
          <CoveredList key={group} deviceId={coverage.deviceId} group={group} />
        </Panel>
      )}
    </>
  );
}

function Headline(props: {
  readonly name: string;
  readonly inventory: NonNullable<DeviceCoverage['inventory']>;
}) {
  const { name, inventory } = props;
  const { assetCount, groups, isComplete } = inventory;
  if (assetCount === 0)
    return <p className="coverage__headline">{coverageText.emptyInventory(name)}</p>;
  if (!isComplete) {
    return (
      <p className="coverage__headline">
        {coverageText.partly(hereCount(groups), assetCount, name)}
      </p>
    );
  }
  return (
    <p className="coverage__headline coverage__headline--good">
      <CheckIcon size={20} />
      {coverageText.complete(assetCount, name)}
    </p>
  );
}
