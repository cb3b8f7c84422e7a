import { merge, mustRedraw } from "./action/freshness";
import { firstState, next, slowAfterMilliseconds, type Press, type PressEffect, type PressEvent, type PressState } from "./action/press";
import { BusyCard } from "./card/busyCard";
import type { CarriedOutAction } from "./card/carriedOutAction";
import type { ClientAction } from "./card/clientAction";
import { CardView } from "./card/cardView";
import { Settling } from "./card/settling";
import { ClientActions } from "./inbox/clientActions";
import { create, createButton } from "./inbox/dom";
import { LiveEvents } from "./inbox/liveEvents";
import { MessageApi } from "./inbox/messageApi";
import { drawActionsOff, drawOutcome } from "./inbox/outcomeLine";
import { SidePane } from "./inbox/sidePane";
import { Toast } from "./inbox/toast";
import type { CardState, CardUpdate, JsonObject, MessageState } from "./wire";

/** How long the view shows that it asks for news on opening. Protocol §6. */
const autoInvokeShownMilliseconds = 2000;

/**
 * `<actionable-card message-id="…">`: a message's card, live. What is decided is in action/press.ts; here it is carried out:
 * drawing, sending, speaking. `<actionable-card preview>` draws the card that it has as JSON, in a script element or, where a script
 * makes the element, in the attribute, and asks nobody for anything.
 */
export class ActionableCard extends HTMLElement {
  private readonly surface = create("div", "am-card-surface");
  private readonly region = create("section", "am-card", this.surface);
  private readonly footer = create("div", "am-card-footer");
  private readonly announcer = create("div", "visually-hidden");
  private readonly stage = create("div", "am-card-stage", create("div", "am-card-main", this.region, this.footer));
  private readonly busy = new BusyCard(this.surface);
  private readonly settling = new Settling(this);
  private readonly pane = new SidePane(this.stage);
  private readonly clientActions = new ClientActions(this.pane);
  private toast: Toast | null = null;
  private api = new MessageApi("");
  private events: LiveEvents | null = null;
  private shown: CardUpdate | null = null;
  private view: CardView | null = null;
  private state: PressState = { phase: "ready" };
  private pressed: HTMLElement | null = null;
  private isAsking = false;
  /** Another recipient acted while the service was being asked: its answer may be from before. */
  private mustAskAgain = false;

  connectedCallback(): void {
    const messageId = this.getAttribute("message-id");
    const preview = this.hasAttribute("preview") ? embeddedCard(this) : null;
    if (!messageId && !preview) return;
    this.toast ??= new Toast();
    this.region.setAttribute("role", "region");
    this.region.tabIndex = -1;
    this.announcer.setAttribute("role", "status");
    this.replaceChildren(this.stage, this.announcer);
    if (preview) this.preview(preview);
    else if (messageId) void this.start(messageId);
  }

  disconnectedCallback(): void {
    this.events?.close();
    this.settling.stop();
    this.pane.close();
  }

  private preview(display: JsonObject): void {
    this.region.setAttribute("aria-label", "Preview of a card");
    this.shown = { card: previewOf(display), outcome: null };
    this.draw();
    // For whoever takes a picture of the page: how far down it reaches, with the margin that it has above.
    const box = this.getBoundingClientRect();
    this.dataset["drawnHeight"] = String(Math.ceil(box.bottom + window.scrollY + Math.min(box.top + window.scrollY, 16)));
  }

  private async start(messageId: string): Promise<void> {
    this.api = new MessageApi(messageId);
    const message = embeddedState(messageId) ?? (await this.api.read());
    if (!message) return this.offerReload();
    this.region.setAttribute("aria-label", `Card from ${message.provider?.name || message.from.name || message.from.address}`);
    this.shown = { card: message.card, outcome: message.outcome };
    this.state = firstState(message.outcome);
    this.settling.start();
    this.draw();
    this.listen();
    if (message.card.autoInvoke) await this.autoInvoke();
  }

  private listen(): void {
    this.events = new LiveEvents(
      this.api.eventsUrl,
      new Map([
        ["card", (data: unknown) => this.tell(data as Partial<CardUpdate> | null)],
        ["peer", () => void this.autoInvoke()],
        ["standing", () => void this.refetch(false)],
      ]),
      () => void this.refetch(false),
    );
    this.events.open();
    window.addEventListener("pagehide", () => this.events?.close());
    window.addEventListener("pageshow", () => this.isConnected && this.events?.open());
  }

  // --- deciding -------------------------------------------------------------------------------------------------------

  private dispatch(event: PressEvent): void {
    const step = next(this.state, event);
    this.state = step.state;
    for (const effect of step.effects) this.carryOut(effect);
    this.reflect();
  }

  private carryOut(effect: PressEffect): void {
    switch (effect.type) {
      case "send":
        void this.send(effect.press);
        break;
      case "show":
        this.show(effect.update);
        break;
      case "say":
        this.toast?.say(effect.tone, effect.text);
        break;
      case "markInputs": {
        const rest = this.view?.showErrors(effect.errors) ?? [];
        if (rest.length > 0) this.toast?.say("bad", rest.join(" "));
        break;
      }
      case "refetch":
        void this.refetch(true);
        break;
      case "signIn":
        location.assign(`/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`);
        break;
    }
  }

  private press(action: CarriedOutAction): void {
    if (this.state.phase === "waiting" || this.isOff || !this.view?.validate(action)) return;
    if (this.isPreview) return this.sayPreview();
    this.pressed = action.renderedElement ?? (document.activeElement instanceof HTMLElement ? document.activeElement : null);
    this.dispatch({
      type: "pressed",
      press: { clickId: crypto.randomUUID(), title: action.title ?? "", target: { kind: "action", actionId: action.actionId } },
    });
  }

  private perform(action: ClientAction): void {
    if (this.isPreview) this.sayPreview();
    else if (!this.isOff) void this.clientActions.perform(action);
  }

  /** The card is shown, and nothing on it acts. */
  private get isOff(): boolean {
    return this.shown?.card.state !== "active";
  }

  private get isPreview(): boolean {
    return this.hasAttribute("preview");
  }

  private sayPreview(): void {
    this.toast?.say("neutral", "This is a preview: nothing is sent, and nothing opens.");
  }

  private async send(press: Press): Promise<void> {
    const version = this.shown?.card.version ?? 0;
    const inputs = this.view?.values() ?? {};
    const slow = window.setTimeout(() => this.dispatch({ type: "slow", clickId: press.clickId }), slowAfterMilliseconds);
    const answer = await this.api.send(press, version, inputs);
    window.clearTimeout(slow);
    this.dispatch({ type: "answered", clickId: press.clickId, answer, now: new Date() });
  }

  private tell(update: Partial<CardUpdate> | null, afterLoss = false): void {
    if (!this.shown || !update?.card) return;
    const told: CardUpdate = { card: update.card, outcome: update.outcome ?? null };
    this.dispatch({ type: "told", update: told, shown: this.shown.outcome, afterLoss, now: new Date() });
  }

  private async refetch(afterLoss: boolean): Promise<void> {
    const message = await this.api.read();
    if (message) this.tell(message, afterLoss);
    else if (afterLoss) this.toast?.say("unsure", "There is no connection at the moment. The card follows as soon as there is one.");
  }

  /** Lets the service say what has become of the card: once on opening, and when another recipient has acted. */
  private async autoInvoke(): Promise<void> {
    if (!this.shown) return;
    if (this.isAsking) {
      this.mustAskAgain = true;
      return;
    }
    this.isAsking = true;
    this.region.toggleAttribute("data-asking", true);
    const quiet = window.setTimeout(() => this.region.removeAttribute("data-asking"), autoInvokeShownMilliseconds);
    const card = await this.api.autoInvoke(this.shown.card.version);
    window.clearTimeout(quiet);
    this.region.removeAttribute("data-asking");
    this.isAsking = false;
    if (card) this.show({ card });
    if (this.mustAskAgain) {
      this.mustAskAgain = false;
      await this.autoInvoke();
    }
  }

  // --- drawing --------------------------------------------------------------------------------------------------------

  private show(update: Partial<CardUpdate>): void {
    if (!this.shown) return;
    const before = this.shown;
    this.shown = merge(before, update);
    if (mustRedraw(before.card, this.shown.card)) this.draw();
    this.reflect();
  }

  private draw(): void {
    const card = this.shown?.card;
    if (!card) return;
    const hadFocus = this.surface.contains(document.activeElement);
    this.busy.set(false, false, null);
    this.view = null;
    this.pressed = null;
    this.surface.replaceChildren(this.drawCard(card));
    (this.view as CardView | null)?.attached();
    this.settling.hold();
    // To the card, not to a button of the new one: the next key stroke was not meant for it.
    if (hadFocus) this.region.focus({ preventScroll: true });
    this.reflect();
  }

  private drawCard(card: CardState): Node {
    if (!card.display) {
      return create("p", "am-card-gone", "This card can no longer be used. “Why?” on this page says what the reason is.");
    }
    try {
      this.view = new CardView(card.display, { carryOut: (action) => this.press(action), perform: (action) => this.perform(action) });
      return this.view.element;
    } catch (fault) {
      console.error(fault);
      return create("p", "am-card-gone", "This card cannot be shown. The text of the message is complete without it.");
    }
  }

  /** Brings what surrounds the card in line with the state. */
  private reflect(): void {
    const isWaiting = this.state.phase === "waiting";
    if ((isWaiting || this.isOff) !== this.surface.hasAttribute("data-busy")) this.busy.set(isWaiting, this.isOff, this.pressed);
    const isSlow = this.state.phase === "waiting" && this.state.slow;
    const off = this.shown?.card.actionsOff ?? null;
    this.announcer.textContent = isSlow ? "The service is slow." : this.state.phase === "waiting" ? `${this.state.press.title}: sending.` : (off ?? "");
    const outcome = drawOutcome(this.shown?.outcome ?? null, new Date(), (unknown) => this.askAgain(unknown.attemptId, unknown.title));
    const hadFocus = this.footer.contains(document.activeElement);
    this.footer.replaceChildren(...[off === null ? null : drawActionsOff(off), isSlow ? this.drawWait() : null, outcome].filter((part) => part !== null));
    if (hadFocus && !this.footer.contains(document.activeElement)) this.region.focus({ preventScroll: true });
  }

  private drawWait(): HTMLElement {
    return create(
      "div", "am-wait am-tone-busy", create("span", "am-spinner"),
      create("p", "am-outcome-text", "The service is slow. You can wait, or go on reading: the answer will appear here."),
      createButton("am-button", "Stop waiting", () => this.dispatch({ type: "letGo" })),
    );
  }

  private askAgain(attemptId: string, title: string): void {
    this.dispatch({ type: "pressed", press: { clickId: crypto.randomUUID(), title, target: { kind: "attempt", attemptId } } });
  }

  private offerReload(): void {
    this.surface.replaceChildren(create("p", "am-card-gone", "The card could not be loaded. Reload the page to try again."));
  }
}

/** The state that the server wrote into the page. */
function embeddedState(messageId: string): MessageState | null {
  try {
    const state = JSON.parse(document.getElementById("message-state")?.textContent ?? "") as MessageState;
    return state.id === messageId ? state : null;
  } catch {
    return null;
  }
}

/** The card that a preview has in it, or null. */
function embeddedCard(host: HTMLElement): JsonObject | null {
  const text = host.getAttribute("preview") || host.querySelector('script[type="application/json"]')?.textContent;
  return text ? (JSON.parse(text) as JsonObject) : null;
}

function previewOf(display: JsonObject): CardState {
  return { state: "active", reason: null, actionsOff: null, version: 1, selfTest: false, hideOriginalBody: false, updatedBy: null, autoInvoke: false, display };
}
