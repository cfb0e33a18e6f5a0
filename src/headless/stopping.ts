/**
 * A controller that is aborted, too, as soon as `signal` is. In place of AbortSignal.any: of what that makes, Node 20 collects
 * signals that nothing else holds, time limits among them, and then they never fire.
 */
export const following = (signal: AbortSignal): AbortController => {
  const controller = new AbortController();
  const stop = (): void => controller.abort(signal.reason);
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  return controller;
};

/** Was this thrown because somebody, or a time limit, stopped what was under way? */
export const isStop = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';
