import type { Tone } from "../action/outcomeWords";
import { create, createButton } from "./dom";

const stayMilliseconds = 8000;

/**
 * Says one thing at the foot of the window. The region is in the page from the start, so that screen readers know it before
 * it speaks; a new message replaces the old one.
 */
export class Toast {
  private readonly region = create("div", "am-toast-region");
  private leaving: number | undefined;

  constructor() {
    this.region.setAttribute("role", "status");
    this.region.setAttribute("aria-live", "polite");
    document.body.append(this.region);
  }

  say(tone: Tone, text: string): void {
    if (!text) return;
    window.clearTimeout(this.leaving);
    const close = createButton("am-toast-close", "", () => this.region.replaceChildren());
    close.setAttribute("aria-label", "Dismiss");
    const toast = create("div", `am-toast am-tone-${tone}`, create("span", "am-toast-text", text), close);
    this.region.replaceChildren(toast);
    // What went wrong stays until it is dismissed or replaced: it says what to do next.
    if (tone !== "bad" && tone !== "unsure") this.leaving = window.setTimeout(() => this.region.replaceChildren(), stayMilliseconds);
  }
}
