import { describe, expect, it } from "vitest";
import { next, type SavingEvent, type SavingState } from "./saving";

const saved: SavingState = { phase: "saved", version: 3 };

function run(state: SavingState, ...events: SavingEvent[]) {
  let effects: string[] = [];
  for (const event of events) {
    const step = next(state, event);
    state = step.state;
    effects = [...effects, ...step.effects];
  }
  return { state, effects };
}

describe("saving while one types", () => {
  it("saves once nothing was typed for a moment", () => {
    expect(run(saved, { type: "typed" }, { type: "typed" }, { type: "paused" }, { type: "saved", version: 4 }))
      .toEqual({ state: { phase: "saved", version: 4 }, effects: ["wait", "wait", "save", "saySaved"] });
  });

  it("saves again what was typed while a saving was on its way, by the version that it made", () => {
    const { state, effects } = run(saved, { type: "typed" }, { type: "paused" }, { type: "typed" }, { type: "saved", version: 4 });
    expect(state).toEqual({ phase: "typing", version: 4 });
    expect(effects.at(-1)).toBe("wait");
  });

  it("has one saving on its way at a time", () => {
    expect(run(saved, { type: "typed" }, { type: "paused" }, { type: "paused" }).effects).toEqual(["wait", "save"]);
  });

  it("sends nothing after a conflict until the person says which one to keep", () => {
    const conflict = run(saved, { type: "typed" }, { type: "paused" }, { type: "outdated", theirs: 9 });
    expect(conflict.effects.at(-1)).toBe("askWhichOne");
    expect(run(conflict.state, { type: "typed" }, { type: "paused" }).effects).toEqual([]);
    expect(run(conflict.state, { type: "keepMine" })).toEqual({ state: { phase: "saving", version: 9, typedSince: false }, effects: ["save"] });
  });

  it("says that it could not save, and tries again by the version that it knows", () => {
    const { state, effects } = run(saved, { type: "typed" }, { type: "paused" }, { type: "failed", trouble: "unreachable" });
    expect(effects.slice(-2)).toEqual(["sayUnsaved", "retryLater"]);
    expect(run(state, { type: "paused" })).toEqual({ state: { phase: "saving", version: 3, typedSince: false }, effects: ["save"] });
  });

  it("does not send again by itself what is too large, but what is typed then", () => {
    const { state, effects } = run(saved, { type: "typed" }, { type: "paused" }, { type: "failed", trouble: "tooLarge" });
    expect(state).toEqual({ phase: "unsaved", version: 3, trouble: "tooLarge" });
    expect(effects).toEqual(["wait", "save", "sayUnsaved"]);
    expect(run(state, { type: "typed" }, { type: "paused" }).effects).toEqual(["wait", "save"]);
  });

  it("sends what was typed while a saving was on its way that failed", () => {
    const { effects } = run(saved, { type: "typed" }, { type: "paused" }, { type: "typed" }, { type: "failed", trouble: "tooLarge" });
    expect(effects.slice(-2)).toEqual(["sayUnsaved", "wait"]);
  });
});
