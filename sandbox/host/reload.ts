const INTERVAL = 1000;

/** Loads the page anew once the plugin's manifest is another one (`make dev`): its old code would stay in memory. */
export function reloadOnBuild(): void {
  const manifest = '/api/plugins/virt-runbooks-plugin/plugin-manifest.json';
  let first: string | undefined;
  setInterval(() => {
    void fetch(manifest)
      .then((response) => (response.ok ? response.text() : undefined))
      // Between two builds there is no manifest, or none at all if the bridge is away: the next look decides.
      .catch(() => undefined)
      .then((text) => {
        first ??= text;
        if (text !== undefined && text !== first) window.location.reload();
      });
  }, INTERVAL);
}
