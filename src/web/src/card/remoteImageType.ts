/** The element that stands for a picture which would have to be fetched from outside. */
export const remoteImageType = "ActionMail.RemoteImage";
