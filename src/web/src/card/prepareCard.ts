import { safeImage, safeOpenUrl } from "../safety/urls";
import { plainTitle } from "../safety/text";
import type { JsonObject, JsonValue } from "../wire";
import { dateTimeInputType } from "./dateTimeInputType";
import { remoteImageType } from "./remoteImageType";

/**
 * Turns a card as it came into one that the renderer can be given without a second thought:
 *
 * 1. ids become ours, so that no word of a card ever names something in the page (`document`, `__proto__`);
 * 2. elements and actions of unknown type are called `Unknown`, which the renderer replaces by their fallback;
 * 3. pictures from outside become a mark with their alternative text, links that may not be opened are dropped;
 * 4. what the browser must not run is taken out (`regex`), and Outlook's spellings become the renderer's.
 */
export interface PreparedCard {
  json: JsonObject;
  /** Our input id to the card's own. */
  inputIds: ReadonlyMap<string, string>;
  /** Actions that a link in text names, by the id in the link. */
  linkedActions: ReadonlyMap<string, JsonObject>;
}

export interface CardSurroundings {
  /** Begins every id; unguessable, so that a card cannot name it. */
  prefix: string;
  /** The origin of the page. */
  origin: string;
}

const elementTypes = new Set([
  "AdaptiveCard", "TextBlock", "RichTextBlock", "TextRun", "Image", "ImageSet", "FactSet", "Container", "ColumnSet", "Column",
  "ActionSet", "Table", "TableRow", "TableCell", "Input.Text", "Input.Number", "Input.Date", "Input.Toggle", "Input.ChoiceSet",
  dateTimeInputType,
]);
const actionTypes = new Set([
  "Action.Http", "Action.Execute", "Action.OpenUrl", "Action.ShowCard", "Action.ToggleVisibility",
  "Action.InvokeAddInCommand", "Action.DisplayMessageForm", "Action.DisplayAppointmentForm",
]);

/** Members that are dropped wherever they are: run in the browser, fetch from outside, or act on what is not the card. */
const dropped = new Set([
  "__proto__", "constructor", "prototype", "regex", "mode", "choices.data", "refresh", "authentication", "$schema", "sources",
  "captionSources", "poster", "resources",
]);

/** The newest version that the renderer knows. Older cards may use newer elements, as Outlook lets them. Protocol §4. */
const newestVersion = "1.6";
const deepest = 64;
const widestPixels = 1200;
const tallestPixels = 600;

export function prepareCard(display: JsonObject, surroundings: CardSurroundings): PreparedCard {
  const preparation = new Preparation(surroundings);
  const card = isFromTheFuture(display["version"]) ? fallbackCard(display) : display;
  const json = preparation.object(card, 0) ?? {};
  return {
    json: { ...json, type: "AdaptiveCard", version: newestVersion },
    inputIds: preparation.inputIds,
    linkedActions: preparation.linkedActions(display),
  };
}

class Preparation {
  readonly inputIds = new Map<string, string>();
  private readonly ids = new Map<string, string>();

  constructor(private readonly surroundings: CardSurroundings) {}

  object(source: JsonObject, depth: number): JsonObject | null {
    if (depth > deepest) return null;
    const type = typeof source["type"] === "string" ? source["type"] : "";
    if (type === "Carousel") return this.object(unrollCarousel(source), depth);
    if (type === "Image" || type === "Media") return this.image(source, type, depth);
    if (type === "Action.OpenUrl" && !safeOpenUrl(textOf(source["url"]))) return null;
    const result = this.members(source, depth);
    if (type) this.settleType(result, type);
    if (type.startsWith("Input.") || type === dateTimeInputType) this.settleInput(result, source);
    if (type.startsWith("Action.")) settleAction(result, source);
    if (type === "ImageSet") settleImageSet(result);
    if (type === "TextRun") settleInlineAction(result);
    return result;
  }

  linkedActions(display: JsonObject): ReadonlyMap<string, JsonObject> {
    const found = new Map<string, JsonObject>();
    const resources = display["resources"];
    const actions = isObject(resources) && Array.isArray(resources["actions"]) ? resources["actions"] : [];
    for (const action of actions) {
      if (!isObject(action) || typeof action["id"] !== "string") continue;
      const prepared = this.object(action, 1);
      if (prepared && prepared["type"] !== "Unknown") found.set(action["id"], prepared);
    }
    return found;
  }

  private members(source: JsonObject, depth: number): JsonObject {
    const result: JsonObject = {};
    for (const [name, value] of Object.entries(source)) {
      if (dropped.has(name)) continue;
      const kept = this.member(name, value, depth);
      if (kept !== undefined) result[name] = kept;
    }
    return result;
  }

  private member(name: string, value: JsonValue, depth: number): JsonValue | undefined {
    switch (name) {
      case "id":
      case "elementId":
        return typeof value === "string" ? this.id(value) : undefined;
      case "inputIds":
        return Array.isArray(value) ? value.filter((id) => typeof id === "string").map((id) => this.id(id)) : undefined;
      case "targetElements":
        return Array.isArray(value) ? this.targets(value, depth) : undefined;
      case "iconUrl":
        return safeImage(textOf(value), this.surroundings.origin) ?? undefined;
      case "backgroundImage":
        return this.background(value);
      case "backgroundColor":
      case "themeColor":
        return /^#(?:[0-9a-f]{2}){3,4}$/i.test(textOf(value)) ? value : undefined;
      case "lang":
        return isLanguage(value) ? value : undefined;
      case "width":
        return pixels(value, widestPixels);
      case "height":
      case "minHeight":
        return pixels(value, tallestPixels);
      default:
        return this.value(value, depth);
    }
  }

  private value(value: JsonValue, depth: number): JsonValue | undefined {
    if (Array.isArray(value)) {
      return value.map((item) => this.value(item, depth + 1)).filter((item) => item !== undefined);
    }
    return isObject(value) ? (this.object(value, depth + 1) ?? undefined) : value;
  }

  private id(own: string): string {
    let ours = this.ids.get(own);
    if (ours === undefined) this.ids.set(own, (ours = `${this.surroundings.prefix}${this.ids.size}`));
    return ours;
  }

  private targets(targets: JsonValue[], depth: number): JsonValue[] {
    return targets.map((target) => (typeof target === "string" ? this.id(target) : (this.value(target, depth) ?? null)));
  }

  private background(value: JsonValue): JsonValue | undefined {
    const url = safeImage(textOf(isObject(value) ? value["url"] : value), this.surroundings.origin);
    if (!url) return undefined;
    return isObject(value) ? { ...this.members({ ...value, url: null }, deepest), url } : url;
  }

  private image(source: JsonObject, type: string, depth: number): JsonObject {
    const url = type === "Image" ? safeImage(textOf(source["url"]), this.surroundings.origin) : null;
    const result = this.members(source, depth);
    return url ? { ...result, type, url } : standIn({ ...result, type: remoteImageType, url: "" });
  }

  private settleType(result: JsonObject, type: string): void {
    result["type"] = elementTypes.has(type) || actionTypes.has(type) ? type : "Unknown";
    if (type === "AdaptiveCard") result["version"] = newestVersion;
  }

  private settleInput(result: JsonObject, source: JsonObject): void {
    if (typeof source["id"] !== "string") return;
    this.inputIds.set(this.id(source["id"]), source["id"]);
    // Without a text of its own, a value that is missing or out of range would only turn red.
    if (!textOf(source["errorMessage"])) {
      result["errorMessage"] = source["isRequired"] ? "This is needed." : "This value is not allowed here.";
    }
  }
}

function settleAction(result: JsonObject, source: JsonObject): void {
  if (typeof source["title"] === "string") result["title"] = plainTitle(source["title"]);
  if (source["isPrimary"] === true && !source["style"]) result["style"] = "positive";
  const opens = source["type"] === "Action.OpenUrl" && safeOpenUrl(textOf(source["url"]));
  if (opens) {
    result["url"] = opens.href;
    // The host that opens is always to be seen, whatever the title says.
    result["tooltip"] = opens.host;
  } else if (typeof source["tooltip"] === "string") {
    result["tooltip"] = plainTitle(source["tooltip"]);
  }
}

/** A carousel's pages stand one below the other: nothing moves of its own, and nothing waits out of sight (WCAG 2.2.2). */
function unrollCarousel(source: JsonObject): JsonObject {
  const pages = Array.isArray(source["pages"]) ? source["pages"].filter(isObject) : [];
  return { ...source, type: "Container", pages: null, items: pages.map((page, index) => ({ ...page, type: "Container", separator: index > 0 })) };
}

/** A mark takes no press, so that of a picture that does is in a container that does. */
function standIn(mark: JsonObject): JsonObject {
  const { selectAction, ...rest } = mark;
  if (!isObject(selectAction)) return mark;
  const { id, isVisible, spacing, separator, ...looks } = rest;
  const own = Object.entries({ id, isVisible, spacing, separator }).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
  return { ...Object.fromEntries(own), type: "Container", selectAction, items: [looks] };
}

/** An image set takes pictures only. One without any becomes one mark with all their texts; one that has some, or some to press, a list. */
function settleImageSet(result: JsonObject): void {
  const images = Array.isArray(result["images"]) ? result["images"].filter(isObject) : [];
  if (images.every((image) => image["type"] === "Image")) return;
  if (images.every((image) => image["type"] === remoteImageType)) {
    result["type"] = remoteImageType;
    result["altText"] = images.map((image) => textOf(image["altText"])).filter(Boolean).join(", ");
  } else {
    result["type"] = "Container";
    result["items"] = images;
  }
  delete result["images"];
}

/** In a run of text the renderer makes a link of any action; one without an address would reload the page. */
function settleInlineAction(result: JsonObject): void {
  const action = result["selectAction"];
  if (isObject(action) && action["type"] === "Unknown") delete result["selectAction"];
}

function fallbackCard(display: JsonObject): JsonObject {
  const text = textOf(display["fallbackText"]) || "This card needs a newer version of ActionMail to be shown.";
  return { type: "AdaptiveCard", body: [{ type: "TextBlock", text, wrap: true }] };
}

function isFromTheFuture(version: JsonValue | undefined): boolean {
  const parts = /^(\d{1,4})\.(\d{1,4})/.exec(textOf(version));
  if (!parts) return false;
  const [major, minor] = [Number(parts[1]), Number(parts[2])];
  return major > 1 || minor > 6;
}

/** "50 px" is written by senders and meant as "50px"; a size beyond every screen is a mistake or an attack. */
function pixels(value: JsonValue, most: number): JsonValue | undefined {
  const parts = typeof value === "string" ? /^\s*(\d{1,9})\s*(px|\*)\s*$/i.exec(value) : null;
  if (!parts) return Array.isArray(value) || isObject(value) ? undefined : value;
  return parts[2] === "*" ? `${parts[1]}*` : `${Math.min(Number(parts[1]), most)}px`;
}

function isLanguage(value: JsonValue): boolean {
  try {
    return typeof value === "string" && Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
