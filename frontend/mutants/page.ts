/** The little of a browser's page that a room's socket asks for. */
Object.assign(globalThis, {
  window: Object.assign(new EventTarget(), { location: new URL("http://localhost/") }),
  document: Object.assign(new EventTarget(), { visibilityState: "visible" }),
});

export {};
