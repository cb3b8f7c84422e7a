const lineLength = 64;

/** A key file as a text that can be pasted: a text as it is, and the bytes of a certificate (.cer, DER) as PEM. RFC 7468 §5. */
export function keyText(bytes: Uint8Array): string {
  return isText(bytes) ? new TextDecoder().decode(bytes).trim() : pem(bytes);
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 9 || byte === 10 || byte === 13 || byte >= 32);
}

function pem(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  const lines = base64.match(new RegExp(`.{1,${lineLength}}`, "g")) ?? [];
  return ["-----BEGIN CERTIFICATE-----", ...lines, "-----END CERTIFICATE-----"].join("\n");
}
