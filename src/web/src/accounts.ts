import { offerCopies } from "./accounts/copy";
import { offerPasskeys } from "./accounts/passkeys";

offerCopies(document);
offerPasskeys(document);
