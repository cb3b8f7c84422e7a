const kilobyte = 1024;
const megabyte = 1024 * kilobyte;

/** What there is to say of a file that is larger than its field takes; null for one that is not. */
export function excess(size: number, most: number): string | null {
  return size > most ? `It has ${sizeWords(size)}; at most ${sizeWords(most)} are taken.` : null;
}

// Rounded up, so that what is too large never has the words of what may be.
function sizeWords(bytes: number): string {
  return bytes < megabyte ? `${Math.ceil(bytes / kilobyte)} KB` : `${(Math.ceil((bytes / megabyte) * 10) / 10).toFixed(1)} MB`;
}
