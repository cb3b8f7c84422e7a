import { troubles, type Trouble } from "./trouble";

/**
 * Saving while one types, as a function of state and event: what was typed is saved when nothing was typed for a moment, one saving at a time,
 * and a draft that was saved elsewhere is not overwritten unasked. What is done is in draft.ts.
 */

export const pauseMilliseconds = 800;

export type SavingState =
  /** All is saved. */
  | { phase: "saved"; version: number }
  /** Something was typed; the pause runs. */
  | { phase: "typing"; version: number }
  /** A saving is on its way; typedSince says whether another has to follow. */
  | { phase: "saving"; version: number; typedSince: boolean }
  /** It was saved elsewhere; theirs is the version to name if what is here is to be kept. */
  | { phase: "conflict"; version: number; theirs: number }
  /** It could not be saved; the next key stroke tries again, and the next pause where the trouble may pass. */
  | { phase: "unsaved"; version: number; trouble: Trouble };

export type SavingEvent =
  | { type: "typed" }
  | { type: "paused" }
  | { type: "saved"; version: number }
  | { type: "outdated"; theirs: number }
  | { type: "failed"; trouble: Trouble }
  | { type: "keepMine" };

export type SavingEffect = "wait" | "save" | "retryLater" | "askWhichOne" | "sayUnsaved" | "saySaved";

export interface SavingStep {
  state: SavingState;
  effects: SavingEffect[];
}

export function next(state: SavingState, event: SavingEvent): SavingStep {
  const { version } = state;
  switch (event.type) {
    case "typed":
      // Whoever has been asked which one to keep goes on typing at their own pace: nothing is sent until they say.
      if (state.phase === "conflict") return { state, effects: [] };
      if (state.phase === "saving") return { state: { ...state, typedSince: true }, effects: [] };
      return { state: { phase: "typing", version }, effects: ["wait"] };
    case "paused":
      return state.phase === "typing" || state.phase === "unsaved"
        ? { state: { phase: "saving", version, typedSince: false }, effects: ["save"] }
        : { state, effects: [] };
    case "saved":
      return state.phase === "saving" && state.typedSince
        ? { state: { phase: "typing", version: event.version }, effects: ["saySaved", "wait"] }
        : { state: { phase: "saved", version: event.version }, effects: ["saySaved"] };
    case "outdated":
      return { state: { phase: "conflict", version, theirs: event.theirs }, effects: ["askWhichOne"] };
    case "failed":
      return { state: { phase: "unsaved", version, trouble: event.trouble }, effects: ["sayUnsaved", ...retry(state, event.trouble)] };
    case "keepMine":
      return state.phase === "conflict"
        ? { state: { phase: "saving", version: state.theirs, typedSince: false }, effects: ["save"] }
        : { state, effects: [] };
  }
}

// What was too large may have been shortened while it was on its way.
function retry(state: SavingState, trouble: Trouble): SavingEffect[] {
  if (state.phase === "saving" && state.typedSince) return ["wait"];
  return troubles[trouble].passes ? ["retryLater"] : [];
}
