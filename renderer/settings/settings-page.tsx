import './settings.css';

import type { Settings } from '../../shared/settings.ts';
import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { setTheme, THEMES, useTheme } from '../app/theme.ts';
import { useService } from '../app/use-service.ts';
import { appText } from '../text/app-text.ts';
import { quietChoices } from '../text/coverage-text.ts';
import { formatByteCount } from '../text/format.ts';
import { noticeWords } from '../text/notice-text.ts';
import { settingsText } from '../text/settings-text.ts';
import { Button } from '../ui/button.tsx';
import { FolderIcon } from '../ui/icons.tsx';
import { Notice } from '../ui/notice.tsx';
import { Panel } from '../ui/panel.tsx';
import { Select } from '../ui/select.tsx';
import { AboutFacts } from './about-facts.tsx';
import { CheckingPanel } from './checking-panel.tsx';
import { FoldersPanel } from './folders-panel.tsx';
import { LanguageSelect } from './language-select.tsx';
import { Licences } from './licences.tsx';
import { RestartNotice } from './restart-notice.tsx';
import { SettingSelect } from './setting-select.tsx';
import { SettingSwitch } from './setting-switch.tsx';
import { SettingTextField } from './setting-text-field.tsx';
import { shellBridge } from '../app/shell-bridge.ts';
import {
  validateFolder,
  validateName,
  validatePort,
  validateReserved,
} from './validate-setting.ts';

/** Everything a person can set, each by itself, and what there is to know about this Roost. */
export function SettingsPage() {
  const settings = useService('settings.get', {});
  const overview = useService('overview.get', {});
  // What stands below would be moved by what comes above it.
  if (settings.isPending || overview.isPending) {
    return <Page title={settingsText.title}>{null}</Page>;
  }
  return (
    <Page title={settingsText.title}>
      <RestartNotice isNeeded={settings.data?.restartNeeded ?? false} />
      {overview.data?.notices.filter(isForThisPage).map((notice) => (
        <Notice key={notice.code} tone="warn">
          {noticeWords(notice)}
        </Notice>
      ))}
      {settings.error !== null && (
        <QueryProblem error={settings.error} onRetry={() => void settings.refetch()} />
      )}
      {settings.data && (
        <>
          <ComputerPanel settings={settings.data.settings} />
          <LibraryPanel settings={settings.data.settings} />
          <FoldersPanel template={settings.data.settings.folderTemplate} />
        </>
      )}
      {overview.data && <CheckingPanel scrub={overview.data.scrub} />}
      <Panel title={settingsText.appearance}>
        <div className="settings">
          <LanguageSelect />
          <ThemeSelect />
        </div>
      </Panel>
      {overview.data && (
        <Panel title={settingsText.about}>
          <AboutFacts overview={overview.data} />
        </Panel>
      )}
      <Panel title={settingsText.licences}>
        <Licences />
      </Panel>
    </Page>
  );
}

/** Every page tells of damaged originals, and this one has a panel about them; of quiet devices the home page tells. */
function isForThisPage({ code }: { readonly code: string }): boolean {
  return code !== 'originals-damaged' && code !== 'device-quiet';
}

function ComputerPanel({ settings }: { readonly settings: Settings }) {
  return (
    <Panel title={settingsText.computer}>
      <div className="settings">
        <SettingTextField
          label={settingsText.name}
          hint={settingsText.nameHint}
          current={settings.name}
          validate={validateName}
          changeOf={(name) => ({ name })}
        />
        <SettingSwitch
          label={settingsText.announce}
          hint={settingsText.announceHint}
          isOn={settings.announce}
          changeOf={(announce) => ({ announce })}
        />
        <SettingTextField
          label={settingsText.lanPort}
          hint={settingsText.lanPortHint}
          current={String(settings.lanPort)}
          inputMode="numeric"
          validate={validatePort}
          changeOf={(lanPort) => ({ lanPort })}
        />
        <SettingSelect
          label={settingsText.quietAfter}
          hint={settingsText.quietAfterHint}
          value={String(settings.quietAfterDays)}
          options={quietChoices(settings.quietAfterDays)}
          changeOf={(days) => ({ quietAfterDays: Number(days) })}
        />
        {shellBridge() !== undefined && (
          <SettingSwitch
            label={settingsText.startAtLogin}
            hint={settingsText.startAtLoginHint}
            isOn={settings.startAtLogin}
            changeOf={(startAtLogin) => ({ startAtLogin })}
          />
        )}
      </div>
    </Panel>
  );
}

function LibraryPanel({ settings }: { readonly settings: Settings }) {
  const bridge = shellBridge();
  return (
    <Panel title={settingsText.library}>
      <div className="settings">
        <SettingTextField
          mono
          label={settingsText.libraryFolder}
          hint={settingsText.libraryFolderHint}
          current={settings.libraryFolder}
          validate={validateFolder}
          changeOf={(libraryFolder) => ({ libraryFolder })}
          {...(bridge && {
            action: (save) => (
              <Button
                icon={FolderIcon}
                onPress={() => {
                  void bridge.chooseFolder(settingsText.libraryFolder).then((folder) => {
                    if (folder !== undefined) save(folder);
                  });
                }}
              >
                {settingsText.chooseFolder}
              </Button>
            ),
          })}
        />
        <SettingTextField
          label={settingsText.reserved}
          hint={settingsText.reservedHint}
          current={formatByteCount(settings.reservedFreeByteCount)}
          validate={validateReserved}
          changeOf={(reservedFreeByteCount) => ({ reservedFreeByteCount })}
        />
      </div>
    </Panel>
  );
}

function ThemeSelect() {
  const theme = useTheme();
  return (
    <Select
      label={appText.theme.label}
      value={theme}
      options={THEMES.map((id) => ({ id, label: appText.theme[id] }))}
      onChange={setTheme}
    />
  );
}
