import { defineConfig } from '@playwright/test';
import { NO_CHROMIUM, findChromium } from '../scripts/chromium';

const port = process.env['E2E_PORT'] ?? '9500';
const baseURL = `http://127.0.0.1:${port}`;
const chromium = findChromium();
if (chromium === undefined) throw new Error(NO_CHROMIUM);

/** One sandbox and one browser for all: a scenario is on for everybody, so tests run one after the other. */
export default defineConfig({
  testDir: '.',
  // What lies in the folders below is Jest's.
  testMatch: /integration-tests\/[^/]+\.spec\.ts$/,
  outputDir: '../test-results',
  workers: 1,
  fullyParallel: false,
  retries: 0,
  forbidOnly: true,
  // A scenario that is put on restarts Prometheus under it, and waits until its alerts fire.
  timeout: 90_000,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL,
    testIdAttribute: 'data-test',
    viewport: { width: 1280, height: 900 },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'off',
    actionTimeout: 15_000,
    launchOptions: {
      executablePath: chromium,
      args: ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
    },
  },
  webServer: {
    command: 'node --import tsx sandbox/start.ts',
    cwd: '..',
    env: { PORT: port, SCENARIO: 'operator-scaled-to-zero' },
    url: baseURL,
    timeout: 240_000,
    // A sandbox that runs already, to try one test without waiting for it.
    reuseExistingServer: process.env['E2E_REUSE'] === '1',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
});
