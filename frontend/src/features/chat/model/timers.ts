type Timer = ReturnType<typeof setTimeout>;

/** Timers by name: starting one again restarts it, and all can be stopped together. */
export class Timers {
  private readonly running = new Map<string, Timer>();

  start(name: string, wait: number, then: () => void): void {
    this.stop(name);
    const timer = setTimeout(() => {
      this.running.delete(name);
      then();
    }, wait);
    this.running.set(name, timer);
  }

  has(name: string): boolean {
    return this.running.has(name);
  }

  stop(name: string): void {
    clearTimeout(this.running.get(name));
    this.running.delete(name);
  }

  stopAll(): void {
    for (const name of [...this.running.keys()]) this.stop(name);
  }
}
