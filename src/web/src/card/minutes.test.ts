import { describe, expect, it } from "vitest";
import { toLocalMinute, toUtcMinute } from "./minutes";

describe("a date with a time", () => {
  it.each(["2026-01-31T09:30Z", "2026-07-31T23:59Z", "2026-03-29T01:30Z"])("is the same moment after the page had it: %s", (moment) =>
    expect(toUtcMinute(toLocalMinute(moment))).toBe(moment));

  it("with another offset is the same moment", () => expect(toUtcMinute(toLocalMinute("2026-01-31T09:30+02:00"))).toBe("2026-01-31T07:30Z"));

  it.each(["", "soon", "2026-13-01T00:00Z"])("that is none stays empty: %j", (text) => {
    expect(toLocalMinute(text)).toBe("");
    expect(toUtcMinute(text)).toBe("");
  });

  it("has no seconds to type", () => expect(toLocalMinute("2026-01-31T09:30:15Z")).toMatch(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/));
});
