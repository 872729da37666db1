import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDateTime, parseDateTime } from "./rfc3339.js";

describe("parseDateTime", () => {
  it.each([
    ["1985-04-12T23:20:50.52Z", "1985-04-12T23:20:50.520Z"],
    ["1996-12-19T16:39:57-08:00", "1996-12-20T00:39:57.000Z"],
    ["1990-12-31T23:59:60Z", "1991-01-01T00:00:00.000Z"],
    ["1990-12-31T15:59:60-08:00", "1991-01-01T00:00:00.000Z"],
    ["1937-01-01T12:00:27.87+00:20", "1937-01-01T11:40:27.870Z"],
    ["2024-02-29t00:00:00z", "2024-02-29T00:00:00.000Z"],
    ["0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000Z"],
    ["0099-06-01T00:00:00Z", "0099-06-01T00:00:00.000Z"],
    ["2020-01-01T00:00:00.123456789Z", "2020-01-01T00:00:00.123Z"],
    ["2020-01-01T00:00:00-00:00", "2020-01-01T00:00:00.000Z"],
  ])("reads %s", (text, iso) => {
    expect(new Date(parseDateTime(text)).toISOString()).toBe(iso);
  });

  it.each([
    "",
    "2020-01-01",
    "2020-01-01T00:00:00",
    "2020-01-01 00:00:00Z",
    "2020-13-01T00:00:00Z",
    "2020-00-01T00:00:00Z",
    "2020-01-00T00:00:00Z",
    "2023-02-29T00:00:00Z",
    "1900-02-29T00:00:00Z",
    "2020-04-31T00:00:00Z",
    "2020-01-01T24:00:00Z",
    "2020-01-01T00:60:00Z",
    "2020-01-01T00:00:61Z",
    "2020-01-01T12:00:60Z",
    "2020-01-01T00:00:00.Z",
    "2020-01-01T00:00:00+24:00",
    "2020-01-01T00:00:00+00:60",
    "2020-01-01T00:00:00+0000",
    "+02020-01-01T00:00:00Z",
    "2020-01-01T00:00:00Z\n",
    "２020-01-01T00:00:00Z",
  ])("refuses %j", (text) => {
    expect(parseDateTime(text)).toBeNaN();
  });

  it("reads what formatDateTime writes", () => {
    const dates = fc.date({
      min: new Date(-62_167_219_200_000),
      max: new Date(253_402_300_799_999),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(dates, (date) => {
        expect(parseDateTime(formatDateTime(date) ?? "")).toBe(date.getTime());
      }),
    );
  });
});

describe("formatDateTime", () => {
  it.each([
    ["an invalid date", Number.NaN],
    ["a year before 0", -62_167_219_200_001],
    ["a year after 9999", 253_402_300_800_000],
  ])("has no text for %s", (_, time) => {
    expect(formatDateTime(new Date(time))).toBeUndefined();
  });
});
