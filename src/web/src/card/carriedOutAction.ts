import { Action, type Dictionary, type Input, type PropertyBag, type SerializationContext } from "adaptivecards";

/**
 * An action that the platform carries out: it knows only the id by which the server finds what is to be called.
 * Before it runs, the inputs that are in sight of it are checked, as the renderer does for its own actions.
 */
export abstract class CarriedOutAction extends Action {
  actionId = "";
  private checksInputs = true;
  /** The only inputs whose values the action takes; null where the card does not say. */
  private takes: ReadonlySet<unknown> | null = null;

  protected override internalParse(source: PropertyBag, context: SerializationContext): void {
    super.internalParse(source, context);
    this.actionId = typeof source["actionId"] === "string" ? source["actionId"] : "";
    this.takes = Array.isArray(source["inputIds"]) ? new Set<unknown>(source["inputIds"]) : null;
    this.checksInputs = source["associatedInputs"] !== "none" && source["ignoreInputValidation"] !== true;
  }

  protected override internalGetReferencedInputs(): Dictionary<Input> {
    const inputs: Dictionary<Input> = {};
    if (!this.checksInputs) return inputs;
    // Ours and those of the cards around us, but not of other cards that a ShowCard hides.
    for (let owner = this.parent; owner; owner = owner.parent) {
      for (const input of owner.getAllInputs(false)) {
        if (input.id && this.takes?.has(input.id) !== false) inputs[input.id] = input;
      }
    }
    return inputs;
  }
}

export class HttpCardAction extends CarriedOutAction {
  override getJsonTypeName(): string {
    return "Action.Http";
  }
}

export class ExecuteCardAction extends CarriedOutAction {
  override getJsonTypeName(): string {
    return "Action.Execute";
  }
}
