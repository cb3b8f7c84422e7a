import { describe, expect, it } from "vitest";
import type { AttemptState, CardState, Outcome } from "../wire";
import { readAnswer, type Answer } from "./answer";
import { firstState, next, type Press, type PressEffect, type PressEvent, type PressState } from "./press";

const now = new Date("2026-05-12T10:28:00Z");
const press: Press = { clickId: "click-1", title: "Approve", target: { kind: "action", actionId: "a0" } };
const other: Press = { ...press, clickId: "click-2" };
const ready: PressState = { phase: "ready" };
const waiting: PressState = { phase: "waiting", press, slow: false };
const released: PressState = { phase: "released", press };

function card(version: number): CardState {
  return { state: "active", reason: null, actionsOff: null, version, selfTest: false, hideOriginalBody: false, updatedBy: null, autoInvoke: false, display: {} };
}

function outcome(state: AttemptState, attemptId = "attempt-1"): Outcome {
  return {
    attemptId, actionId: "a0", title: "Approve", state, text: `it is ${state}`, actor: { name: "Adele Vance", address: "owner@contoso.test" },
    at: now.toISOString(), retryable: state === "unknown",
  };
}

function answered(answer: Answer, clickId = "click-1"): PressEvent {
  return { type: "answered", clickId, answer, now };
}

function kinds(effects: PressEffect[]): string[] {
  return effects.map((effect) => effect.type);
}

describe("a press", () => {
  it("sends one request", () => {
    const step = next(ready, { type: "pressed", press });
    expect(step).toEqual({ state: waiting, effects: [{ type: "send", press }] });
  });

  it("sends nothing while another one waits", () => expect(next(waiting, { type: "pressed", press: other })).toEqual({ state: waiting, effects: [] }));

  it("is taken again after the first was let go", () => expect(kinds(next(released, { type: "pressed", press: other }).effects)).toEqual(["send"]));
});

describe("a slow service", () => {
  it("is announced", () => expect(next(waiting, { type: "slow", clickId: "click-1" }).state).toEqual({ ...waiting, slow: true }));

  it.each([ready, released])("is not announced to somebody who does not wait", (state) =>
    expect(next(state, { type: "slow", clickId: "click-1" })).toEqual({ state, effects: [] }));

  it("gives the view back and sends nothing", () => {
    const step = next({ ...waiting, slow: true }, { type: "letGo" });
    expect(step.state).toEqual(released);
    expect(kinds(step.effects)).toEqual(["say"]);
  });

  it("may answer in the end, to the request or by an event", () => {
    const done = answered({ kind: "outcome", outcome: outcome("done"), card: card(2) });
    expect(next(released, done)).toMatchObject({ state: ready, effects: [{ type: "show" }, { type: "say", tone: "good" }] });
    const told: PressEvent = { type: "told", update: { card: card(2), outcome: outcome("done") }, shown: null, afterLoss: false, now };
    expect(next(released, told)).toMatchObject({ state: ready, effects: [{ type: "show" }, { type: "say", tone: "good" }] });
  });
});

describe("an answer", () => {
  it.each([
    ["done", "good"],
    ["refused", "bad"],
    ["failed_not_sent", "bad"],
    ["unknown", "unsure"],
  ] as const)("%s ends the waiting and is said", (state, tone) =>
    expect(next(waiting, answered({ kind: "outcome", outcome: outcome(state), card: card(2) }))).toMatchObject({
      state: ready, effects: [{ type: "show", update: { card: { version: 2 } } }, { type: "say", tone, text: `it is ${state}` }],
    }));

  it.each(["claimed", "sending"] as const)("that it is %s gives the view back", (state) =>
    expect(next(waiting, answered({ kind: "outcome", outcome: outcome(state), card: card(1) })).state.phase).toBe("released"));

  it("to a press that has a successor is shown, ends nothing and says nothing", () => {
    const step = next({ phase: "waiting", press: other, slow: false }, answered({ kind: "outcome", outcome: outcome("done"), card: card(2) }));
    expect(step.state).toMatchObject({ phase: "waiting", press: { clickId: "click-2" } });
    expect(kinds(step.effects)).toEqual(["show"]);
  });

  it("that the card has changed shows the new card and says so", () =>
    expect(next(waiting, answered({ kind: "conflict", code: "card_changed", text: "", outcome: null, card: card(3) }))).toMatchObject({
      state: ready, effects: [{ type: "show", update: { card: { version: 3 } } }, { type: "say", text: expect.stringContaining("has changed") as string }],
    }));

  it("that another tab's attempt runs waits for that one", () =>
    expect(next(waiting, answered({ kind: "conflict", code: "already_running", text: "It runs.", outcome: outcome("sending"), card: card(1) })).state)
      .toEqual({ phase: "released", press: null }));

  it("that values are not allowed marks them", () => {
    const errors = new Map([["comment", "Too long."]]);
    expect(next(waiting, answered({ kind: "invalidInputs", errors, text: "No." })).effects).toContainEqual({ type: "markInputs", errors });
  });

  it("that never came asks what happened and sends nothing", () => {
    const step = next(waiting, answered({ kind: "unreachable" }));
    expect(step.state).toEqual(ready);
    expect(kinds(step.effects)).toEqual(["say", "refetch"]);
  });

  it("that the session is over leads to the sign-in", () => expect(kinds(next(waiting, answered({ kind: "signedOut" })).effects)).toEqual(["signIn"]));
});

describe("what the server tells", () => {
  const tell = (shown: Outcome | null, told: Outcome | null, afterLoss = false): PressEvent =>
    ({ type: "told", update: { card: card(1), outcome: told }, shown, afterLoss, now });

  it("is shown, and said when it is news", () => {
    expect(kinds(next(ready, tell(null, outcome("done"))).effects)).toEqual(["show", "say"]);
    expect(kinds(next(ready, tell(outcome("unknown"), outcome("done"))).effects)).toEqual(["show", "say"]);
    expect(kinds(next(ready, tell(outcome("done"), outcome("done"))).effects)).toEqual(["show"]);
    expect(kinds(next(ready, tell(outcome("done"), null)).effects)).toEqual(["show"]);
  });

  it("leaves it to the answer while one is awaited", () => {
    const step = next(waiting, tell(null, outcome("done")));
    expect(step.state).toEqual(waiting);
    expect(kinds(step.effects)).toEqual(["show"]);
  });

  it("after a lost answer says that nothing arrived, when nothing did", () => {
    expect(next(ready, tell(null, null, true)).effects).toMatchObject([{ type: "show" }, { type: "say", text: expect.stringContaining("did not arrive") as string }]);
    expect(next(ready, tell(null, outcome("done"), true)).effects).toMatchObject([{ type: "show" }, { type: "say", tone: "good" }]);
    expect(kinds(next(ready, tell(null, outcome("sending"), true)).effects)).toEqual(["show"]);
  });

  it("about a running attempt, from before or from elsewhere, is waited for", () => {
    expect(firstState(outcome("sending")).phase).toBe("released");
    expect(firstState(outcome("done")).phase).toBe("ready");
    expect(next(ready, tell(null, outcome("sending"))).state.phase).toBe("released");
  });
});

describe("an HTTP answer is read as", () => {
  it.each([
    [200, { outcome: outcome("done"), card: card(2) }, "outcome"],
    [200, null, "refused"],
    [400, { code: "invalid_inputs", errors: { a: ["One.", "Two."] } }, "invalidInputs"],
    [400, { code: "unknown_member" }, "refused"],
    [401, null, "signedOut"],
    [403, {}, "refused"],
    [404, {}, "refused"],
    [409, { code: "already_done" }, "conflict"],
    [429, {}, "refused"],
    [500, "<html>", "unreachable"],
    [503, null, "refused"],
  ])("%i %j → %s", (status, body, kind) => expect(readAnswer(status, body).kind).toBe(kind));

  it("errors by input", () =>
    expect(readAnswer(400, { code: "invalid_inputs", errors: { a: ["One.", "Two."], b: "Three.", c: 4 } }))
      .toMatchObject({ errors: new Map([["a", "One. Two."], ["b", "Three."], ["c", ""]]) }));

  it.each([
    [403, { detail: "Only the owner may." }, "Only the owner may."],
    [429, { title: "Too Many Requests" }, "That were many requests in a short time. Wait a moment, then try again."],
    [418, { title: "Teapot" }, "Teapot"],
    [418, null, "This did not work. Nothing was done; reload the page and try again."],
  ])("a sentence for people: %i %j", (status, body, text) => expect(readAnswer(status, body)).toMatchObject({ text }));
});
