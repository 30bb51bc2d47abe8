import { Component, type ReactNode } from 'react';

import { appText } from '../text/app-text.ts';
import { Button, buttonClass } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { WarningIcon } from '../ui/icons.tsx';
import { Link } from './link.tsx';
import { paths } from './routes.ts';

/** Keeps a fault of one page from taking the window down; `resetKey` changing gives the page another try. */
export class ErrorBoundary extends Component<
  { readonly resetKey: string; readonly children: ReactNode },
  { readonly failure: string | undefined }
> {
  override state: { readonly failure: string | undefined } = { failure: undefined };

  static getDerivedStateFromError(error: unknown): { readonly failure: string } {
    return { failure: String(error) };
  }

  override componentDidUpdate(previous: { readonly resetKey: string }): void {
    if (this.state.failure !== undefined && previous.resetKey !== this.props.resetKey) {
      this.setState({ failure: undefined });
    }
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure === undefined) return this.props.children;
    return (
      <div role="alert">
        <EmptyState
          icon={WarningIcon}
          title={appText.error.title}
          actions={
            <>
              <Button variant="primary" onPress={() => location.reload()}>
                {appText.error.reload}
              </Button>
              <Link className={buttonClass()} href={paths.timeline}>
                {appText.error.elsewhere}
              </Link>
            </>
          }
        >
          <p>{appText.error.crashed}</p>
          <details>
            <summary>{appText.error.details}</summary>
            <code>{failure}</code>
          </details>
        </EmptyState>
      </div>
    );
  }
}
