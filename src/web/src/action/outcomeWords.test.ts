import { describe, expect, it } from "vitest";
import type { AttemptState, Outcome } from "../wire";
import { outcomeWords } from "./outcomeWords";

const now = new Date(2026, 4, 12, 11, 0);

function words(state: AttemptState, text = "", more: Partial<Outcome> = {}) {
  const outcome: Outcome = {
    attemptId: "1", actionId: "a0", title: "Approve", state, text, actor: { name: "Adele Vance", address: "owner@contoso.test" },
    at: new Date(2026, 4, 12, 10, 28).toISOString(), retryable: state === "unknown", ...more,
  };
  return outcomeWords(outcome, now, "en-GB");
}

describe("the line under the card", () => {
  it("says what, who and when", () =>
    expect(words("done", "Request has been successfully approved"))
      .toMatchObject({ tone: "good", text: "Request has been successfully approved", byline: "Adele Vance, 10:28", next: null }));

  it.each([
    ["done", "“Approve” was carried out."],
    ["sending", "“Approve” is being carried out."],
    ["refused", "The service refused “Approve”."],
    ["failed_not_sent", "“Approve” did not reach the service."],
    ["unknown", "It is not known whether “Approve” was carried out."],
  ] as const)("has words of its own for %s", (state, text) => expect(words(state).text).toBe(text));

  it("says what to do next after a failure", () => {
    expect(words("failed_not_sent").next).toContain("press the button again");
    expect(words("unknown")).toMatchObject({ canAskAgain: true, next: expect.stringContaining("Ask again") as string });
    expect(words("unknown", "", { retryable: false })).toMatchObject({ canAskAgain: false, next: null });
  });

  it("names an actor without a name by address, and an older time by its date", () =>
    expect(words("done", "x", { actor: { name: "", address: "owner@contoso.test" }, at: new Date(2026, 4, 10, 9, 5).toISOString() }).byline)
      .toBe("owner@contoso.test, 10 May, 09:05"));
});
