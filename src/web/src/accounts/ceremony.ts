import { fromBase64Url, toBase64Url } from "./base64url";

interface Descriptor { id: string; type: PublicKeyCredentialType; transports?: AuthenticatorTransport[] }

/** What the server asks an authenticator, as JSON. WebAuthn §5.1.8, §5.1.9. */
export interface AskedToMake {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  rp: PublicKeyCredentialRpEntity;
  pubKeyCredParams: PublicKeyCredentialParameters[];
  timeout?: number;
  excludeCredentials?: Descriptor[];
  authenticatorSelection?: AuthenticatorSelectionCriteria;
  attestation?: AttestationConveyancePreference;
}

export interface AskedWho {
  challenge: string;
  rpId?: string;
  timeout?: number;
  allowCredentials?: Descriptor[];
  userVerification?: UserVerificationRequirement;
}

/** Has a passkey made; the answer is WebAuthn's registration response as JSON. */
export async function makePasskey(asked: AskedToMake): Promise<string> {
  const { excludeCredentials, ...rest } = asked;
  const made = await navigator.credentials.create({
    publicKey: {
      ...rest,
      challenge: fromBase64Url(asked.challenge),
      user: { ...asked.user, id: fromBase64Url(asked.user.id) },
      excludeCredentials: (excludeCredentials ?? []).map(bytesOf),
    },
  }) as PublicKeyCredential;
  const response = made.response as AuthenticatorAttestationResponse;
  return JSON.stringify({
    ...common(made),
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      attestationObject: toBase64Url(response.attestationObject),
      transports: response.getTransports(),
    },
  });
}

/** Has an authenticator say who is there; the answer is WebAuthn's authentication response as JSON. */
export async function showPasskey(asked: AskedWho): Promise<string> {
  const { allowCredentials, ...rest } = asked;
  const shown = await navigator.credentials.get({
    publicKey: { ...rest, challenge: fromBase64Url(asked.challenge), allowCredentials: (allowCredentials ?? []).map(bytesOf) },
  }) as PublicKeyCredential;
  const response = shown.response as AuthenticatorAssertionResponse;
  return JSON.stringify({
    ...common(shown),
    response: {
      clientDataJSON: toBase64Url(response.clientDataJSON),
      authenticatorData: toBase64Url(response.authenticatorData),
      signature: toBase64Url(response.signature),
      userHandle: response.userHandle ? toBase64Url(response.userHandle) : null,
    },
  });
}

function bytesOf(descriptor: Descriptor): PublicKeyCredentialDescriptor {
  return { ...descriptor, id: fromBase64Url(descriptor.id) };
}

function common(credential: PublicKeyCredential): object {
  return {
    id: credential.id,
    rawId: toBase64Url(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}
