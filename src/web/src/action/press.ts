import { isRunning, type CardUpdate, type Outcome } from "../wire";
import { cardChanged, type Answer } from "./answer";
import { outcomeWords, type Tone } from "./outcomeWords";

/**
 * The way of a press, as a pure function: state and event in, state and effects out.
 *
 *   ready ──pressed──► waiting ──answered──► ready
 *                        │  └──slow──► waiting, said to be slow
 *                        └──letGo──► released ──answered or told──► ready
 *
 * One press sends one request: only `ready` and `released` take a press, and only a press sends.
 */
export type PressState =
  | { phase: "ready" }
  | { phase: "waiting"; press: Press; slow: boolean }
  | { phase: "released"; press: Press | null };

export interface Press {
  clickId: string;
  title: string;
  target: { kind: "action"; actionId: string } | { kind: "attempt"; attemptId: string };
}

export type PressEvent =
  | { type: "pressed"; press: Press }
  | { type: "slow"; clickId: string }
  | { type: "letGo" }
  | { type: "answered"; clickId: string; answer: Answer; now: Date }
  /** The server's current word, pushed or fetched; `afterLoss` when it was fetched because an answer got lost. */
  | { type: "told"; update: CardUpdate; shown: Outcome | null; afterLoss: boolean; now: Date };

export type PressEffect =
  | { type: "send"; press: Press }
  | { type: "show"; update: Partial<CardUpdate> }
  | { type: "say"; tone: Tone; text: string }
  | { type: "markInputs"; errors: ReadonlyMap<string, string> }
  | { type: "refetch" }
  | { type: "signIn" };

export interface PressStep {
  state: PressState;
  effects: PressEffect[];
}

export const slowAfterMilliseconds = 2000;

const notArrived = "Your request did not arrive. Nothing was done; press the button again.";

/** Where a view starts: an attempt of this message may be running already, from another tab or before a reload. */
export function firstState(outcome: Outcome | null): PressState {
  return isRunning(outcome) ? { phase: "released", press: null } : { phase: "ready" };
}

export function next(state: PressState, event: PressEvent): PressStep {
  switch (event.type) {
    case "pressed":
      return state.phase === "waiting"
        ? stay(state)
        : { state: { phase: "waiting", press: event.press, slow: false }, effects: [{ type: "send", press: event.press }] };
    case "slow":
      return isWaitingFor(state, event.clickId) ? stay({ ...state, slow: true }) : stay(state);
    case "letGo":
      return state.phase === "waiting"
        ? {
            state: { phase: "released", press: state.press },
            effects: [{ type: "say", tone: "neutral", text: "Still being carried out. The card changes when the service answers." }],
          }
        : stay(state);
    case "answered":
      return answered(state, event.clickId, event.answer, event.now);
    case "told":
      return told(state, event);
  }
}

function answered(state: PressState, clickId: string, answer: Answer, now: Date): PressStep {
  // A press that was let go, and is over or has a successor: what its answer brings is shown, and nothing more is said.
  const isOurs = isWaitingFor(state, clickId) || (state.phase === "released" && state.press?.clickId === clickId);
  const effects = effectsOf(answer, now);
  if (!isOurs) return { state, effects: effects.filter((effect) => effect.type === "show" || effect.type === "signIn") };
  return { state: isStillRunning(answer) ? { phase: "released", press: null } : { phase: "ready" }, effects };
}

function isStillRunning(answer: Answer): boolean {
  return (answer.kind === "outcome" || answer.kind === "conflict") && isRunning(answer.outcome);
}

function effectsOf(answer: Answer, now: Date): PressEffect[] {
  switch (answer.kind) {
    case "outcome":
      return [{ type: "show", update: { card: answer.card, outcome: answer.outcome } }, sayOutcome(answer.outcome, now)];
    case "invalidInputs":
      return [{ type: "say", tone: "bad", text: answer.text }, { type: "markInputs", errors: answer.errors }];
    case "conflict":
      return conflict(answer);
    case "signedOut":
      return [{ type: "signIn" }];
    case "refused":
      return [{ type: "say", tone: "bad", text: answer.text }];
    case "unreachable":
      // The request may have arrived: the server's word is asked for, and nothing is sent again.
      return [{ type: "say", tone: "unsure", text: "The connection was lost. Checking what happened…" }, { type: "refetch" }];
  }
}

function conflict(answer: Extract<Answer, { kind: "conflict" }>): PressEffect[] {
  const text = answer.code === cardChanged ? "This card has changed in the meantime. Look at it again before you decide." : answer.text;
  const say: PressEffect = { type: "say", tone: answer.code === cardChanged ? "unsure" : "bad", text };
  if (!answer.card) return [{ type: "refetch" }, say];
  return [{ type: "show", update: answer.outcome ? { card: answer.card, outcome: answer.outcome } : { card: answer.card } }, say];
}

function told(state: PressState, { update, shown, afterLoss, now }: Extract<PressEvent, { type: "told" }>): PressStep {
  const show: PressEffect = { type: "show", update };
  const outcome = update.outcome;
  if (isRunning(outcome)) return { state: state.phase === "ready" ? { phase: "released", press: null } : state, effects: [show] };
  const isNews = outcome !== null && (outcome.attemptId !== shown?.attemptId || outcome.state !== shown.state);
  // While our own request is on its way its answer will say it; until then the page only follows.
  if (state.phase === "waiting") return { state, effects: [show] };
  if (isNews) return { state: { phase: "ready" }, effects: [show, sayOutcome(outcome, now)] };
  return { state, effects: afterLoss ? [show, { type: "say", tone: "bad", text: notArrived }] : [show] };
}

function sayOutcome(outcome: Outcome, now: Date): PressEffect {
  const words = outcomeWords(outcome, now);
  return { type: "say", tone: words.tone, text: words.text };
}

function isWaitingFor(state: PressState, clickId: string): state is Extract<PressState, { phase: "waiting" }> {
  return state.phase === "waiting" && state.press.clickId === clickId;
}

function stay(state: PressState): PressStep {
  return { state, effects: [] };
}
