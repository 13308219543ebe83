/**
 * What is asked of an `AbortSignal`. Declarations that name only this need the types of neither the DOM nor Node.
 */
export interface Cancellation {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { readonly once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}
