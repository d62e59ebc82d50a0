/// <reference types="vite/client" />

interface ImportMetaEnv {
  /** Where the API is, without a slash at the end; empty for the same origin. */
  readonly VITE_API_BASE_URL?: string;
}

// The package names its types, but not in its `exports`.
declare module "@toast-ui/editor/dist/i18n/ko-kr";
