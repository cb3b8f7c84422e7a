import { DateInput } from "adaptivecards";
import { dateTimeInputType } from "./dateTimeInputType";
import { toLocalMinute, toUtcMinute } from "./minutes";

/** A MessageCard's date with a time of day: typed in the time of the browser, sent with its offset from UTC. */
export class DateTimeInput extends DateInput {
  private control?: HTMLInputElement;

  override getJsonTypeName(): string {
    return dateTimeInputType;
  }

  protected override internalRender(): HTMLElement | undefined {
    const rendered = super.internalRender();
    if (!(rendered instanceof HTMLInputElement)) return rendered;
    this.control = rendered;
    rendered.type = "datetime-local";
    rendered.value = toLocalMinute(this.defaultValue ?? "");
    return rendered;
  }

  override get value(): string | undefined {
    return this.control && toUtcMinute(this.control.value);
  }

  /** The browser says of a half typed date that it has no value; required or not, it is not what was meant. */
  override isValid(): boolean {
    return this.control?.validity.badInput !== true && super.isValid();
  }
}
