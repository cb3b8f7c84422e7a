const reopenAfterMilliseconds = 10_000;

/**
 * Server-sent events that stay. The browser reconnects by itself after a lost connection; only after a refusal (the server is
 * starting) it gives up, and then we ask again, later.
 */
export class LiveEvents {
  private source: EventSource | null = null;
  private reopening: number | undefined;
  private wasOpen = false;

  constructor(
    private readonly url: string,
    private readonly handlers: ReadonlyMap<string, (data: unknown) => void>,
    /** Called when the stream is there again after a gap, in which something may have been missed. */
    private readonly onResume: () => void,
  ) {}

  open(): void {
    if (this.source) return;
    const source = new EventSource(this.url);
    this.source = source;
    source.onopen = () => {
      if (this.wasOpen) this.onResume();
      this.wasOpen = true;
    };
    source.onerror = () => {
      if (source.readyState === EventSource.CLOSED) this.reopenLater();
    };
    for (const [name, handle] of this.handlers) {
      source.addEventListener(name, (event: MessageEvent<string>) => handle(parse(event.data)));
    }
  }

  close(): void {
    window.clearTimeout(this.reopening);
    this.source?.close();
    this.source = null;
  }

  private reopenLater(): void {
    this.close();
    this.reopening = window.setTimeout(() => this.open(), reopenAfterMilliseconds);
  }
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}
