/** Of the package, put in by the build. */
declare const __VERSION__: string;

/** Gives the page every kind of layer; see page-only.ts. */
declare module "virtual:all-layers" {}
