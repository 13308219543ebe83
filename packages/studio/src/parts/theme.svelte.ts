/** Goes up when the colours of the page change: light, dark, forced. */
class Theme {
  version = $state(0);

  constructor() {
    for (const query of ["(prefers-color-scheme: dark)", "(forced-colors: active)"]) {
      matchMedia(query).addEventListener("change", () => {
        this.version++;
      });
    }
  }
}

export const theme = new Theme();
