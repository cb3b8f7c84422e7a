import {
  AdaptiveCard, CardElement, CardObjectRegistry, GlobalRegistry, GlobalSettings, OpenUrlAction, SerializationContext, ShowCardAction, Table,
  ToggleVisibilityAction, Versions, type Action, type Input,
} from "adaptivecards";
import { cardTextToHtml } from "../safety/html";
import type { JsonObject } from "../wire";
import { CarriedOutAction, ExecuteCardAction, HttpCardAction } from "./carriedOutAction";
import { DisplayAppointmentAction, DisplayMessageAction, InvokeAddInAction, isClientAction, type ClientAction } from "./clientAction";
import { DateTimeInput } from "./dateTimeInput";
import { dateTimeInputType } from "./dateTimeInputType";
import { hostConfig } from "./hostConfig";
import { mendParts } from "./mendedParts";
import { OptionalNumberInput } from "./optionalNumber";
import { applyPadding, isFlush } from "./outlookPadding";
import { prepareCard, type PreparedCard } from "./prepareCard";
import { RemoteImage } from "./remoteImage";
import { remoteImageType } from "./remoteImageType";

GlobalSettings.setTabIndexAtCardRoot = false;
GlobalSettings.alwaysBleedSeparators = true;
// It would put HTML that was read back from the page into it again; the browser's own line clamp does without.
GlobalSettings.useAdvancedTextBlockTruncation = false;

AdaptiveCard.onProcessMarkdown = (text, result) => {
  result.outputHtml = cardTextToHtml(text);
  result.didProcess = true;
};

const elements = new CardObjectRegistry<CardElement>();
GlobalRegistry.populateWithDefaultElements(elements);
elements.register("Table", Table, Versions.v1_5);
elements.register(remoteImageType, RemoteImage, Versions.v1_0);
elements.register("Input.Number", OptionalNumberInput, Versions.v1_0);
elements.register(dateTimeInputType, DateTimeInput, Versions.v1_0);
elements.unregister("Input.Time");
elements.unregister("Media");

const actions = new CardObjectRegistry<Action>();
actions.register("Action.Http", HttpCardAction, Versions.v1_0);
actions.register("Action.Execute", ExecuteCardAction, Versions.v1_0);
actions.register("Action.OpenUrl", OpenUrlAction, Versions.v1_0);
actions.register("Action.ShowCard", ShowCardAction, Versions.v1_0);
actions.register("Action.ToggleVisibility", ToggleVisibilityAction, Versions.v1_0);
actions.register("Action.InvokeAddInCommand", InvokeAddInAction, Versions.v1_0);
actions.register("Action.DisplayMessageForm", DisplayMessageAction, Versions.v1_0);
actions.register("Action.DisplayAppointmentForm", DisplayAppointmentAction, Versions.v1_0);

/** Who does what is pressed: the platform, or the inbox itself. Links and what shows and hides are the renderer's. */
export interface CardPresses {
  carryOut(action: CarriedOutAction): void;
  perform(action: ClientAction): void;
}

/** One drawn version of a card: its element, its inputs, and the presses on it. */
export class CardView {
  readonly element: HTMLElement;
  private readonly prepared: PreparedCard;
  private readonly card = new AdaptiveCard();
  private readonly linked = new Map<string, Action>();

  constructor(display: JsonObject, private readonly presses: CardPresses) {
    this.prepared = prepareCard(display, { prefix: `c${crypto.randomUUID().slice(0, 8)}-`, origin: location.origin });
    const context = this.parse();
    this.parseLinkedActions(context);
    this.card.onExecuteAction = (action) => this.execute(action);
    const drawn = this.card.render();
    if (!drawn) throw new Error("The renderer drew nothing.");
    this.element = drawn;
    if (this.card.rtl !== undefined) this.element.dir = this.card.rtl ? "rtl" : "ltr";
    if (this.card.lang) this.element.lang = this.card.lang;
    this.element.addEventListener("click", (event) => this.followActionLink(event));
    this.drawThemeStrip(drawn);
    if (isFlush(this.card)) drawn.classList.add("am-flush");
    this.settle(drawn);
    this.card.onInlineCardExpanded = (action, isExpanded) => this.expanded(action, isExpanded);
  }

  /** Lays out again once the element is in the page. */
  attached(): void {
    this.card.updateLayout();
  }

  /** Every value on the card, by the card's own input ids. A value that was cleared is sent as such. */
  values(): Record<string, string> {
    const values: [string, string][] = [];
    for (const input of this.inputs()) {
      const own = this.ownId(input);
      if (own !== null && input.renderedElement) values.push([own, valueText(input)]);
    }
    return Object.fromEntries(values);
  }

  /** Whether the inputs that the action needs are filled in; if not, they are marked and the first gets the focus. */
  validate(action: CarriedOutAction): boolean {
    const isValid = action.prepareForExecution();
    for (const input of this.inputs()) markValidity(input);
    return isValid;
  }

  /** Puts the server's findings beside the inputs; gives back those that belong to no input of this card. */
  showErrors(errors: ReadonlyMap<string, string>): string[] {
    const rest = new Map(errors);
    const marked: Input[] = [];
    for (const input of this.inputs()) {
      const own = this.ownId(input);
      const text = own === null ? undefined : rest.get(own);
      if (own === null || text === undefined || !input.renderedElement) continue;
      showError(input, input.renderedElement, text);
      marked.push(input);
      rest.delete(own);
    }
    marked[0]?.focus();
    return [...rest.values()];
  }

  private parse(): SerializationContext {
    const context = new SerializationContext(Versions.latest);
    context.setElementRegistry(elements);
    context.setActionRegistry(actions);
    context.onParseElement = (element, source) => applyPadding(element, source);
    this.card.hostConfig = hostConfig;
    this.card.parse(this.prepared.json, context);
    applyPadding(this.card, this.prepared.json);
    return context;
  }

  /** A MessageCard's `themeColor`, as a strip along its upper edge. */
  private drawThemeStrip(drawn: HTMLElement): void {
    const colour = this.prepared.json["themeColor"];
    if (typeof colour === "string") drawn.style.borderBlockStart = `4px solid ${colour}`;
  }

  private parseLinkedActions(context: SerializationContext): void {
    for (const [id, source] of this.prepared.linkedActions) {
      const action = context.parseAction(this.card, source, ["Action.ShowCard"], false);
      if (!action) continue;
      action.setParent(this.card);
      this.linked.set(id, action);
    }
  }

  /** Mends what the renderer leaves open; a card that is shown later is drawn later. */
  private settle(drawn: HTMLElement): void {
    mendParts(drawn);
    // A link to an action that is not there is the text that it was.
    for (const link of drawn.querySelectorAll("[data-action-ref]")) {
      if (!this.linked.has(link.getAttribute("data-action-ref") ?? "")) link.replaceWith(...link.childNodes);
    }
  }

  /** What opens below the edge of the window is brought into it, and can be filled in at once. */
  private expanded(action: ShowCardAction, isExpanded: boolean): void {
    const drawn = action.card.renderedElement;
    if (!drawn) return;
    this.settle(drawn);
    if (!isExpanded) return;
    drawn.scrollIntoView({ block: "nearest" });
    drawn.querySelector<HTMLElement>("input, textarea, select")?.focus({ preventScroll: true });
  }

  private followActionLink(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("[data-action-ref]") : null;
    const id = link?.getAttribute("data-action-ref");
    if (id) this.linked.get(id)?.execute();
  }

  private execute(action: Action): void {
    if (action instanceof CarriedOutAction) this.presses.carryOut(action);
    else if (isClientAction(action)) this.presses.perform(action);
    // The address was judged when the card was prepared; an action without an acceptable one is not there.
    else if (action instanceof OpenUrlAction && action.url) window.open(action.url, "_blank", "noopener,noreferrer");
  }

  private inputs(): Input[] {
    return this.card.getAllInputs(true);
  }

  private ownId(input: Input): string | null {
    return (input.id && this.prepared.inputIds.get(input.id)) ?? null;
  }
}

function valueText(input: Input): string {
  const value: unknown = input.value;
  return value === undefined || value === null || Number.isNaN(value) ? "" : String(value);
}

function markValidity(input: Input): void {
  const control = controlOf(input);
  if (!control) return;
  const failed = input.renderedElement?.querySelector(".ac-input-validation-failed") !== null;
  if (failed) control.setAttribute("aria-invalid", "true");
  else control.removeAttribute("aria-invalid");
}

function showError(input: Input, rendered: HTMLElement, text: string): void {
  rendered.querySelector(".am-input-error")?.remove();
  const error = document.createElement("div");
  error.className = "am-input-error";
  error.id = `${input.id}-error`;
  error.textContent = text;
  rendered.append(error);
  const control = controlOf(input);
  control?.setAttribute("aria-invalid", "true");
  control?.setAttribute("aria-describedby", error.id);
  const forget = () => {
    error.remove();
    control?.removeAttribute("aria-invalid");
    control?.removeAttribute("aria-describedby");
  };
  rendered.addEventListener("input", forget, { once: true });
  rendered.addEventListener("change", forget, { once: true });
}

function controlOf(input: Input): HTMLElement | null {
  return input.renderedElement?.querySelector<HTMLElement>("input, textarea, select") ?? null;
}
