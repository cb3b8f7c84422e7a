import { ColumnSet, Container, PaddingDefinition, Spacing, type AdaptiveCard, type CardElement } from "adaptivecards";
import type { JsonObject } from "../wire";

/** Outlook's `padding`: one word for all sides, or one for each. */
export function applyPadding(element: CardElement, source: JsonObject): void {
  if (!(element instanceof Container || element instanceof ColumnSet) || source["padding"] === undefined || source["padding"] === null) return;
  const padding = source["padding"];
  const sides = typeof padding === "object" && !Array.isArray(padding) ? padding : { top: padding, right: padding, bottom: padding, left: padding };
  element.padding = new PaddingDefinition(side(sides["top"]), side(sides["right"]), side(sides["bottom"]), side(sides["left"]));
}

function side(word: unknown): Spacing {
  switch (typeof word === "string" ? word.toLowerCase() : "") {
    case "small":
      return Spacing.Small;
    case "medium":
      return Spacing.Medium;
    case "large":
      return Spacing.Large;
    case "extralarge":
      return Spacing.ExtraLarge;
    case "default":
    case "padding":
      return Spacing.Padding;
    default:
      return Spacing.None;
  }
}

/** Whether what is in the card reaches its edges: its buttons, which have no padding of their own, must not. */
export function isFlush(card: AdaptiveCard): boolean {
  return card.padding?.left === Spacing.None && card.padding.right === Spacing.None;
}
