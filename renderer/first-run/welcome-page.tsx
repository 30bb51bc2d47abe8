import './welcome.css';

import { Page } from '../app/page.tsx';
import { QueryProblem } from '../app/query-problem.tsx';
import { useService } from '../app/use-service.ts';
import { welcomeText } from '../text/welcome-text.ts';
import { ComputerStep } from './computer-step.tsx';
import { ConnectStep } from './connect-step.tsx';
import { PhotoStep } from './photo-step.tsx';

/** Gets a person from nothing to the first photo. */
export function WelcomePage() {
  const overview = useService('overview.get', {});
  const devices = useService('devices.list', {});
  const error = overview.error ?? devices.error;
  const retry = () => {
    void overview.refetch();
    void devices.refetch();
  };
  return (
    <Page title={welcomeText.title}>
      <p className="welcome__intro">{welcomeText.intro}</p>
      {error !== null && <QueryProblem error={error} onRetry={retry} />}
      {overview.data && devices.data && (
        <ol className="steps">
          <ComputerStep overview={overview.data} />
          <ConnectStep overview={overview.data} devices={devices.data.devices} />
          <PhotoStep
            assetCount={overview.data.library.assetCount}
            isConnected={devices.data.devices.some((device) => device.trusted)}
          />
        </ol>
      )}
    </Page>
  );
}
