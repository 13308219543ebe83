export { specOf } from "./fields.ts";
export { LIMITS } from "./limits.ts";
export { LINK_VERSION, readLink, writeLink } from "./link.ts";
export { LINK_DEFAULTS, type LinkState } from "./state.ts";
