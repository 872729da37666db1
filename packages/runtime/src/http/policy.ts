import { checkPublicHost, publicFetch } from "#platform";
import { hostMatcher } from "./allowed-hosts.js";
import type { HttpPolicy } from "./perform-request.js";

/** The options that decide what a plug-in may do with HTTP. */
export interface HttpOptions {
  readonly allowedHosts: readonly string[] | undefined;
  readonly maxHttpResponseBytes: number | undefined;
  readonly allowPrivateAddresses: boolean;
  /** The user's `fetch`; absent when it is the platform's own. */
  readonly fetch: typeof fetch | undefined;
}

/** As Extism's Rust runtime: 50 MiB. */
export const DEFAULT_MAX_RESPONSE = 50 * 1024 * 1024;

/**
 * Makes the policy that the options stand for. Without an entry in `allowedHosts` nothing is allowed.
 *
 * @throws TenonError `option-invalid`; `unsupported` where private addresses can't be told from public ones.
 */
export async function httpPolicy(options: HttpOptions): Promise<HttpPolicy> {
  return {
    allowsHost: hostMatcher(options.allowedHosts ?? []),
    maxResponseBytes: options.maxHttpResponseBytes ?? DEFAULT_MAX_RESPONSE,
    allowPrivateAddresses: options.allowPrivateAddresses,
    send: options.allowPrivateAddresses ? (options.fetch ?? fetch) : await publicOnly(options.fetch),
  };
}

async function publicOnly(given: typeof fetch | undefined): Promise<typeof fetch> {
  if (given === undefined) return publicFetch();
  const check = await checkPublicHost();
  return async (input, init) => {
    await check(new URL(input instanceof Request ? input.url : input).hostname);
    return given(input, init);
  };
}
