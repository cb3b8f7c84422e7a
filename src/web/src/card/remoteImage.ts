import { CardElement, HorizontalAlignment, type PropertyBag, type SerializationContext } from "adaptivecards";
import { remoteImageType } from "./remoteImageType";

const namedWidths: Readonly<Record<string, string>> = { small: "40px", medium: "72px", large: "144px" };

/**
 * A mark with the alternative text, in place of a picture that would tell its owner that the mail was opened. It is as wide as
 * the picture would be where the card says so, and asks for no room that the card's texts need (styles/card.css).
 */
export class RemoteImage extends CardElement {
  private altText = "";
  private isPerson = false;
  private width: string | undefined;

  override getJsonTypeName(): string {
    return remoteImageType;
  }

  protected override internalParse(source: PropertyBag, context: SerializationContext): void {
    super.internalParse(source, context);
    this.altText = textOf(source["altText"]);
    this.isPerson = textOf(source["style"]).toLowerCase() === "person";
    this.width = /^\d+px$/.test(textOf(source["width"])) ? textOf(source["width"]) : namedWidths[textOf(source["size"]).toLowerCase()];
  }

  protected override internalRender(): HTMLElement {
    const mark = document.createElement("div");
    mark.className = this.isPerson ? "am-remote-image am-remote-person" : "am-remote-image";
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", this.altText || "Remote image");
    mark.title = `${this.altText || "Remote image"} (not loaded)`;
    if (this.width) mark.style.width = this.width;
    if (!this.isPerson) mark.append(this.caption());
    switch (this.getEffectiveHorizontalAlignment()) {
      case HorizontalAlignment.Center: mark.style.marginInline = "auto"; break;
      case HorizontalAlignment.Right: mark.style.marginInlineStart = "auto"; break;
    }
    return mark;
  }

  private caption(): HTMLElement {
    const caption = document.createElement("span");
    caption.textContent = this.altText || "Remote image";
    return caption;
  }
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
