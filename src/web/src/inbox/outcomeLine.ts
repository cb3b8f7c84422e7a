import { outcomeWords } from "../action/outcomeWords";
import type { Outcome } from "../wire";
import { create, createButton } from "./dom";

/** What became of the last attempt: text, who and when, what to do next. Stays under the card. */
export function drawOutcome(outcome: Outcome | null, now: Date, onAskAgain: (outcome: Outcome) => void): HTMLElement | null {
  if (!outcome) return null;
  const words = outcomeWords(outcome, now);
  const byline = create("time", "am-outcome-byline", `—\u00a0${words.byline}`); // the dash begins a line, it does not end one
  byline.dateTime = outcome.at;
  const sentence = create("p", "am-outcome-text", create("strong", "", words.text), " ", byline);
  const line = create("div", `am-outcome am-tone-${words.tone}`, create("span", "am-outcome-icon"), create("div", "am-outcome-body", sentence));
  if (words.next) line.lastElementChild?.append(create("p", "am-outcome-next", words.next));
  if (words.canAskAgain) line.append(createButton("am-button am-ask-again", "Ask again", () => onAskAgain(outcome)));
  return line;
}

/** Why the card is shown and does not act. */
export function drawActionsOff(words: string): HTMLElement {
  const body = create("div", "am-outcome-body", create("p", "am-outcome-text", words));
  return create("div", "am-wait am-actions-off am-tone-unsure", create("span", "am-outcome-icon"), body);
}
