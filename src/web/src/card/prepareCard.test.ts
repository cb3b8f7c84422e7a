import { describe, expect, it } from "vitest";
import type { JsonObject, JsonValue } from "../wire";
import { prepareCard } from "./prepareCard";

const surroundings = { prefix: "p-", origin: "https://mail.contoso.test" };

function prepareBody(...body: JsonValue[]): { body: JsonObject[]; inputIds: ReadonlyMap<string, string> } {
  const { json, inputIds } = prepareCard({ type: "AdaptiveCard", version: "1.0", body }, surroundings);
  return { body: json["body"] as JsonObject[], inputIds };
}

function prepareElement(element: JsonObject): JsonObject | undefined {
  return prepareBody(element).body[0];
}

describe("ids", () => {
  it.each(["document", "__proto__", "constructor", "toString", "a.b", "(a+)+$", "x".repeat(10_000), "a b\"'<>"])("of a card never reach the page: %s", (id) => {
    const { body, inputIds } = prepareBody({ type: "Input.Text", id });
    expect(body[0]?.["id"]).toMatch(/^p-\d+$/);
    expect(inputIds.get(String(body[0]?.["id"]))).toBe(id);
  });

  it("that are the same stay the same, in elements and in what toggles them", () => {
    const { body } = prepareBody({ type: "TextBlock", id: "more", text: "x" },
      { type: "ActionSet", actions: [{ type: "Action.ToggleVisibility", targetElements: ["more", { elementId: "more", isVisible: false }] }] });
    const [action] = body[1]?.["actions"] as JsonObject[];
    expect(action?.["targetElements"]).toEqual([body[0]?.["id"], { elementId: body[0]?.["id"], isVisible: false }]);
  });
});

describe("types", () => {
  it.each(["constructor", "__proto__", "toString", "Input.Time", "Action.Submit"])("that are not known lead to the fallback: %s", (type) =>
    expect(prepareElement({ type, fallback: { type: "TextBlock", text: "instead" } })).toMatchObject({ type: "Unknown", fallback: { type: "TextBlock" } }));

  it("that are known stay", () => expect(prepareElement({ type: "TextBlock", text: "x" })).toEqual({ type: "TextBlock", text: "x" }));
});

describe("pictures", () => {
  it.each([
    [{ type: "Image", url: "https://tracker.test/1.png", altText: "Receipt" }],
    [{ type: "Image", url: "//tracker.test/1.png", altText: "Receipt" }],
    [{ type: "Media", poster: "https://tracker.test/p.png", sources: [{ url: "https://tracker.test/v.mp4" }], altText: "Receipt" }],
    [{ type: "ImageSet", images: [{ type: "Image", url: "https://tracker.test/1.png", altText: "Receipt" }] }],
  ])("from outside become their text: %j", (element) => {
    const prepared = prepareElement(element as JsonObject);
    expect(prepared).toMatchObject({ type: "ActionMail.RemoteImage", altText: "Receipt" });
    expect(JSON.stringify(prepared)).not.toContain("tracker.test");
  });

  it("in the card itself stay", () => {
    const url = "data:image/png;base64,iVBORw0KGgo=";
    expect(prepareElement({ type: "Image", url })).toEqual({ type: "Image", url });
    expect(prepareElement({ type: "Container", items: [], backgroundImage: { url, fillMode: "repeat" } })).toMatchObject({ backgroundImage: { url, fillMode: "repeat" } });
  });

  it.each(["https://tracker.test/1.png", "x\"); background:url(https://tracker.test/z)", { url: "https://tracker.test/1.png" }])("behind a container are dropped: %j", (backgroundImage) =>
    expect(prepareElement({ type: "Container", items: [], backgroundImage })).toEqual({ type: "Container", items: [] }));
});

describe("actions", () => {
  const act = (action: JsonObject) => (prepareElement({ type: "ActionSet", actions: [action] })?.["actions"] as JsonObject[])[0];

  it.each(["javascript:alert(1)", "data:text/html,x", "//evil.test", "mailto:a@contoso.test", "https://contoso.com@evil.test/"])("that open %j are dropped", (url) =>
    expect(act({ type: "Action.OpenUrl", title: "x", url })).toBeUndefined());

  it("that open a web address tell its host", () =>
    expect(act({ type: "Action.OpenUrl", title: "x", url: "https://contoso.test/r", tooltip: "bank.test" })).toMatchObject({ url: "https://contoso.test/r", tooltip: "contoso.test" }));

  it("keep their id and get Outlook's primary style", () =>
    expect(act({ type: "Action.Http", title: "Approve\u202e", actionId: "a0", isPrimary: true })).toMatchObject({ actionId: "a0", style: "positive", title: "Approve" }));

  it("of the inbox keep what they name, and the context of an add-in is one text", () => {
    const context = '{"id":"document","regex":"(a+)+$"}';
    expect(act({ type: "Action.InvokeAddInCommand", addInId: "a-1", desktopCommandId: "show", initializationContext: context }))
      .toMatchObject({ type: "Action.InvokeAddInCommand", addInId: "a-1", desktopCommandId: "show", initializationContext: context });
    expect(act({ type: "Action.DisplayMessageForm", itemId: "<m@x.test>" })).toMatchObject({ type: "Action.DisplayMessageForm", itemId: "<m@x.test>" });
    expect(act({ type: "Action.DisplayAppointmentForm", itemId: "i-1" })).toMatchObject({ type: "Action.DisplayAppointmentForm", itemId: "i-1" });
  });

  it("name the inputs that they take by our ids", () => {
    const { body } = prepareBody({ type: "ActionMail.Input.DateTime", id: "due" }, { type: "ActionSet", actions: [{ type: "Action.Http", actionId: "a0", inputIds: ["due", 7] }] });
    expect((body[1]?.["actions"] as JsonObject[])[0]?.["inputIds"]).toEqual([body[0]?.["id"]]);
    expect(body[0]).toMatchObject({ type: "ActionMail.Input.DateTime", errorMessage: "This value is not allowed here." });
  });

  it("have no icon from outside", () => expect(act({ type: "Action.Http", actionId: "a0", iconUrl: "https://tracker.test/i.png" })).not.toHaveProperty("iconUrl"));
});

describe("a carousel", () => {
  const pages = [{ type: "CarouselPage", items: [{ type: "TextBlock", text: "one" }] }, { type: "CarouselPage", id: "two", items: [{ type: "Image", url: "https://tracker.test/2.png" }] }];

  it("has its pages one below the other, prepared as everything else", () =>
    expect(prepareElement({ type: "Carousel", id: "c", timer: 3000, pages })).toMatchObject({
      type: "Container", id: "p-0",
      items: [
        { type: "Container", separator: false, items: [{ type: "TextBlock", text: "one" }] },
        { type: "Container", separator: true, id: "p-1", items: [{ type: "ActionMail.RemoteImage" }] },
      ],
    }));

  it.each([[null], ["pages"], [[1, null, "x"]]])("with no pages is empty: %j", (wrong) =>
    expect(prepareElement({ type: "Carousel", pages: wrong as JsonValue })).toMatchObject({ type: "Container", items: [] }));
});

describe("the rest", () => {
  it("runs no pattern of the card in the browser", () =>
    expect(prepareElement({ type: "Input.Text", id: "a", regex: "^(a+)+$" })).not.toHaveProperty("regex"));

  it("gives an input without an error text one", () =>
    expect(prepareElement({ type: "Input.Text", id: "a", isRequired: true })).toMatchObject({ errorMessage: "This is needed." }));

  it.each([["50 px", "50px"], ["999999px", "1200px"], ["2 *", "2*"], ["stretch", "stretch"], [3, 3]])("reads the width %j as %j", (width, expected) =>
    expect(prepareElement({ type: "Column", width: width as JsonValue, items: [] })?.["width"]).toBe(expected));

  it.each([["#C4311B", "#C4311B"], ["red; background: url(https://tracker.test/)", undefined], ["#12", undefined]])("has the theme colour %j as %j", (themeColor, expected) =>
    expect(prepareCard({ themeColor, body: [] }, surroundings).json["themeColor"]).toBe(expected));

  it.each(["not a language!!", 5])("drops the language %j", (lang) => expect(prepareElement({ type: "TextBlock", text: "x", lang })).not.toHaveProperty("lang"));

  it("shows the fallback text of a card that is newer than the renderer", () =>
    expect(prepareCard({ type: "AdaptiveCard", version: "2.0", fallbackText: "Please open the site.", body: [] }, surroundings).json["body"])
      .toEqual([{ type: "TextBlock", text: "Please open the site.", wrap: true }]));

  it("lets an old card use newer elements, as Outlook does", () => expect(prepareCard({ version: "1.0" }, surroundings).json["version"]).toBe("1.6"));

  it("pollutes no prototype", () => {
    prepareCard(JSON.parse('{"type":"AdaptiveCard","__proto__":{"polluted":1},"body":[{"type":"TextBlock","constructor":{"prototype":{"polluted":1}}}]}') as JsonObject, surroundings);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("ends at a depth that no card has", () => {
    let nested: JsonObject = { type: "TextBlock", text: "deep" };
    for (let level = 0; level < 5000; level++) nested = { type: "Container", items: [nested] };
    expect(JSON.stringify(prepareCard({ body: [nested] }, surroundings).json)).not.toContain("deep");
  });

  it("finds the actions that links in the text name", () => {
    const { linkedActions } = prepareCard({ resources: { actions: [{ type: "Action.Http", id: "doit", actionId: "a5" }, { type: "Action.Submit", id: "no" }] } }, surroundings);
    expect([...linkedActions.keys()]).toEqual(["doit"]);
  });
});
