/**
 * What a plug-in throws to fail with a detail that its interface describes: the host gets the detail, typed. It is
 * checked against the `errors` schema of the function that it is thrown from.
 *
 * @example
 * ```ts
 * throw new PluginFailure({ code: "too-long", limit: 1000 });
 * ```
 */
export class PluginFailure<Detail = unknown> extends Error {
  override readonly name = "PluginFailure";
  readonly detail: Detail;

  constructor(detail: Detail, message = "the call failed with a detail") {
    super(message);
    this.detail = detail;
  }
}
