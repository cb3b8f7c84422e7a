import { describe, expect, it } from "vitest";
import type { AttemptState, CardState, Outcome } from "../wire";
import { merge, mustRedraw } from "./freshness";

function card(version: number, state: CardState["state"] = "active"): CardState {
  return { state, reason: null, actionsOff: null, version, selfTest: false, hideOriginalBody: false, updatedBy: null, autoInvoke: false, display: {} };
}

function outcome(state: AttemptState, minute: number, attemptId = "attempt-1"): Outcome {
  return { attemptId, actionId: "a0", title: "", state, text: "", actor: { name: "", address: "" }, at: `2026-05-12T10:${minute}:00Z`, retryable: false };
}

describe("of two words of the server", () => {
  it("the newer card stays, whichever comes last", () => {
    expect(merge({ card: card(2), outcome: null }, { card: card(1) }).card.version).toBe(2);
    expect(merge({ card: card(2), outcome: null }, { card: card(3) }).card.version).toBe(3);
    expect(merge({ card: card(2), outcome: null }, { card: card(2, "inert") }).card.state).toBe("inert");
  });

  it.each([
    ["a later attempt replaces", outcome("done", 10), outcome("refused", 11, "attempt-2"), "refused"],
    ["an earlier attempt does not", outcome("done", 11), outcome("refused", 10, "attempt-2"), "done"],
    ["an ended attempt does not run again", outcome("done", 10), outcome("sending", 10), "done"],
    ["an unknown end may be asked again", outcome("unknown", 10), outcome("sending", 11), "sending"],
    ["the end follows the beginning", outcome("sending", 10), outcome("done", 10), "done"],
    ["nothing replaces nothing", outcome("done", 10), null, "done"],
  ] as const)("%s", (_, shown, told, state) => expect(merge({ card: card(1), outcome: shown }, { outcome: told }).outcome?.state).toBe(state));
});

describe("the card is drawn anew", () => {
  it("for another version or state, and not otherwise: what was typed stays", () => {
    expect(mustRedraw(card(1), card(2))).toBe(true);
    expect(mustRedraw(card(1), card(1, "inert"))).toBe(true);
    expect(mustRedraw(card(1), card(1))).toBe(false);
  });
});
