import { Component, type ReactNode } from 'react';

import { appText } from '../text/app-text.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { WarningIcon } from '../ui/icons.tsx';

/** Keeps a fault of one page from taking the window down; `resetKey` changing gives the page another try. */
export class ErrorBoundary extends Component<
  { readonly resetKey: string; readonly children: ReactNode },
  { readonly failedKey: string | undefined }
> {
  override state: { readonly failedKey: string | undefined } = { failedKey: undefined };

  static getDerivedStateFromError(): { readonly failedKey: string } {
    return { failedKey: '' };
  }

  override componentDidUpdate(previous: { readonly resetKey: string }): void {
    if (this.state.failedKey !== undefined && previous.resetKey !== this.props.resetKey) {
      this.setState({ failedKey: undefined });
    }
  }

  override render(): ReactNode {
    if (this.state.failedKey === undefined) return this.props.children;
    return (
      <div role="alert">
        <EmptyState
          icon={WarningIcon}
          title={appText.error.title}
          actions={<Button onPress={() => location.reload()}>{appText.error.reload}</Button>}
        >
          {appText.error.crashed}
        </EmptyState>
      </div>
    );
  }
}
