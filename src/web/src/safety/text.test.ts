import { describe, expect, it } from "vitest";
import { plainTitle } from "./text";

describe("the title of a button", () => {
  it.each([
    ["Approve", "Approve"],
    ["Approve\u202eevorppA", "ApproveevorppA"],
    ["App\u200brove\ufeff", "Approve"],
    ["line\r\nbreak\u2028here", "line break here"],
    ["Godkjenn søknaden", "Godkjenn søknaden"],
    ["الموافقة", "الموافقة"],
  ])("%j is read as %j", (text, title) => expect(plainTitle(text)).toBe(title));

  it("keeps three marks on a letter and no tower of them", () =>
    expect(plainTitle("x" + "\u0324".repeat(50))).toBe("x" + "\u0324".repeat(3)));

  it("ends after 160 letters", () => {
    expect([...plainTitle("🙂".repeat(10_000))]).toHaveLength(160);
    expect(plainTitle("a".repeat(160))).toBe("a".repeat(160));
  });
});
