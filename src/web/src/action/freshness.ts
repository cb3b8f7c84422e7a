import { isRunning, type CardState, type CardUpdate, type Outcome } from "../wire";

/** Answers and pushed events may overtake each other; only what is not older than the page replaces what it shows. */
export function merge(shown: CardUpdate, incoming: Partial<CardUpdate>): CardUpdate {
  return { card: newerCard(shown.card, incoming.card), outcome: newerOutcome(shown.outcome, incoming.outcome) };
}

/** Whether the card must be drawn anew; if not, what was typed into it stays. */
export function mustRedraw(before: CardState, after: CardState): boolean {
  return before.version !== after.version || before.state !== after.state || (before.display === null) !== (after.display === null);
}

function newerCard(shown: CardState, incoming: CardState | undefined): CardState {
  return incoming && incoming.version >= shown.version ? incoming : shown;
}

function newerOutcome(shown: Outcome | null, incoming: Outcome | null | undefined): Outcome | null {
  if (!incoming) return shown;
  if (!shown) return incoming;
  // An attempt that has ended does not run again, unless nobody knew its end and it was asked for.
  const hasEnded = incoming.attemptId === shown.attemptId && !isRunning(shown) && shown.state !== "unknown";
  if (hasEnded && isRunning(incoming)) return shown;
  return new Date(incoming.at).getTime() >= new Date(shown.at).getTime() ? incoming : shown;
}
