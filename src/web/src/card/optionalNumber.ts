import { NumberInput } from "adaptivecards";

/** A number that was left empty is NaN, which the renderer finds below any minimum; empty is only wrong where it is required. */
export class OptionalNumberInput extends NumberInput {
  override isValid(): boolean {
    return this.value === undefined || Number.isNaN(this.value) ? !this.isRequired : super.isValid();
  }
}
