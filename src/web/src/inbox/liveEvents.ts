const reopenAfterMilliseconds = 10_000;

/**
 * Server-sent events that stay. The browser reconnects by itself after a lost connection; only after a refusal (the server is
 * starting) it gives up, and then we ask again, later.
 */
export class LiveEvents {
  private source: EventSource | null = null;
  private reopening: number | undefined;

  constructor(
    private readonly url: string,
    private readonly handlers: ReadonlyMap<string, (data: unknown) => void>,
    /** Called whenever the stream opens: something may have happened since the page was made, or in a gap. */
    private readonly onOpen: () => void,
  ) {}

  open(): void {
    if (this.source) return;
    const source = new EventSource(this.url);
    this.source = source;
    source.onopen = () => this.onOpen();
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
