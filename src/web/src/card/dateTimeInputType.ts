/** What the server calls a MessageCard's input for a date with a time. */
export const dateTimeInputType = "ActionMail.Input.DateTime";
