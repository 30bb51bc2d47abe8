import { ERRORS } from '../../shared/error-catalogue.ts';
import { countedUploads } from './counted-uploads.ts';
import type { ServiceFailure, ServiceState } from './service-supervisor.ts';
import type { ShellPage } from './shell-page.ts';

/** What the window shows: the service's pages, or the shell's own words while those are away. */
export type WindowContent =
  | { readonly kind: 'service-pages'; readonly url: string }
  | {
      readonly kind: 'shell-page';
      readonly page: ShellPage;
      /** How long the state must last before the page replaces what is shown, so that nothing flickers. */
      readonly settleMs: number;
    };

const BRIEF_STATE_MS = 800;
/** From here on it no longer looks like an accident, and the person should do something. */
const MANY_CRASHES = 6;

export function windowContentOf(state: ServiceState): WindowContent {
  switch (state.kind) {
    case 'ready':
      return { kind: 'service-pages', url: state.windowUrl };
    case 'starting':
    case 'restarting':
      // While a start is tried again the reason stays, else it would vanish every few seconds.
      return state.kind === 'starting' && state.failure
        ? shellPage(downPage(state.failure))
        : shellPage({ heading: 'Roost is starting…', paragraphs: [] }, BRIEF_STATE_MS);
    case 'down':
      return shellPage(downPage(state.failure));
    case 'finishing':
      return shellPage(finishingPage(state.liveUploadCount), BRIEF_STATE_MS);
    case 'stopped':
      return shellPage(finishingPage(0), BRIEF_STATE_MS);
  }
}

function shellPage(page: ShellPage, settleMs = 0): WindowContent {
  return { kind: 'shell-page', page, settleMs };
}

function downPage(failure: ServiceFailure): ShellPage {
  const { title, nextStep } = ERRORS[failure.code];
  const often =
    failure.crashCount >= MANY_CRASHES
      ? [`This has happened ${failure.crashCount} times in a row.`]
      : [];
  const detail = failure.detail === title ? {} : { detail: failure.detail };
  return {
    heading: title,
    paragraphs: [
      nextStep,
      ...often,
      "Roost tries again by itself. To try at once, choose Restart Backup Service in Roost's tray menu or File menu.",
    ],
    ...detail,
  };
}

function finishingPage(liveUploadCount: number): ShellPage {
  return {
    heading: liveUploadCount > 0 ? `Finishing ${countedUploads(liveUploadCount)}…` : 'Closing…',
    paragraphs:
      liveUploadCount > 0
        ? [
            'Roost quits as soon as they are safe, or in half a minute. What is not finished then, the device sends again by itself.',
            'Quit again to close at once.',
          ]
        : [],
  };
}
