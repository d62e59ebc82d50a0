/** Lets the browser answer the person, and draw, before what follows. */
export function nextTask(): Promise<void> {
  return new Promise((done) => setTimeout(done));
}
