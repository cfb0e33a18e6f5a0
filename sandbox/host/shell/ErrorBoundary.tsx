import { Component, type ErrorInfo, type PropsWithChildren, type ReactNode } from 'react';
import ErrorBoundaryFallbackPage from '../shims/ErrorBoundaryFallbackPage';

interface Caught {
  error: Error | undefined;
  componentStack: string;
  /** Where it was caught. */
  at: string;
}

/** Shows what a page threw in the page's place, until the address (`at`) is another one. */
export class ErrorBoundary extends Component<PropsWithChildren<{ at: string }>, Caught> {
  override state: Caught = { error: undefined, componentStack: '', at: this.props.at };

  static getDerivedStateFromError(error: Error): Partial<Caught> {
    return { error };
  }

  static getDerivedStateFromProps({ at }: { at: string }, state: Caught): Caught | null {
    return at === state.at ? null : { error: undefined, componentStack: '', at };
  }

  override componentDidCatch(_: Error, { componentStack }: ErrorInfo): void {
    this.setState({ componentStack: componentStack ?? '' });
  }

  override render(): ReactNode {
    const { error, componentStack } = this.state;
    if (error === undefined) return this.props.children;
    return (
      <ErrorBoundaryFallbackPage
        title="This page threw an error"
        errorMessage={error.message}
        stack={error.stack ?? ''}
        componentStack={componentStack}
      />
    );
  }
}
