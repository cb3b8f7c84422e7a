import { CardElement, type PropertyBag, type SerializationContext } from "adaptivecards";
import { remoteImageType } from "./remoteImageType";

/** A mark with the alternative text, in place of a picture that would tell its owner that the mail was opened. */
export class RemoteImage extends CardElement {
  private altText = "";
  private isPerson = false;

  override getJsonTypeName(): string {
    return remoteImageType;
  }

  protected override internalParse(source: PropertyBag, context: SerializationContext): void {
    super.internalParse(source, context);
    this.altText = typeof source["altText"] === "string" ? source["altText"] : "";
    this.isPerson = String(source["style"]).toLowerCase() === "person";
  }

  protected override internalRender(): HTMLElement {
    const mark = document.createElement("div");
    mark.className = this.isPerson ? "am-remote-image am-remote-person" : "am-remote-image";
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", this.altText || "Remote image");
    mark.title = "Remote image, not loaded";
    if (!this.isPerson) mark.textContent = this.altText || "Remote image";
    return mark;
  }
}
