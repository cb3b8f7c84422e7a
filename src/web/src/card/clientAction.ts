import { Action, type PropertyBag, type SerializationContext } from "adaptivecards";
import type { JsonValue } from "../wire";

/** An action that the inbox does itself: the platform calls nobody for it. Protocol §4. */
export type ClientAction = InvokeAddInAction | DisplayMessageAction | DisplayAppointmentAction;

/** Opens the pane of an add-in. */
export class InvokeAddInAction extends Action {
  addInId = "";
  desktopCommandId = "";
  /** The sender's data for the add-in, as JSON text: nobody here reads it. */
  initializationContext = "";

  override getJsonTypeName(): string {
    return "Action.InvokeAddInCommand";
  }

  protected override internalParse(source: PropertyBag, context: SerializationContext): void {
    super.internalParse(source, context);
    this.addInId = textOf(source["addInId"]);
    this.desktopCommandId = textOf(source["desktopCommandId"]);
    this.initializationContext = textOf(source["initializationContext"]);
  }
}

abstract class DisplayItemAction extends Action {
  itemId = "";

  protected override internalParse(source: PropertyBag, context: SerializationContext): void {
    super.internalParse(source, context);
    this.itemId = textOf(source["itemId"]);
  }
}

/** Opens a message of the person's own. */
export class DisplayMessageAction extends DisplayItemAction {
  override getJsonTypeName(): string {
    return "Action.DisplayMessageForm";
  }
}

/** Shows what there is about an appointment. */
export class DisplayAppointmentAction extends DisplayItemAction {
  override getJsonTypeName(): string {
    return "Action.DisplayAppointmentForm";
  }
}

export function isClientAction(action: Action): action is ClientAction {
  return action instanceof InvokeAddInAction || action instanceof DisplayItemAction;
}

function textOf(value: JsonValue | undefined): string {
  return typeof value === "string" ? value : "";
}
