import { useRef, useState } from "react";
import { uploadImage } from "@/api/images";

/** A picture on its way, or one that did not arrive. */
export interface Upload {
  id: string;
  file: Blob;
  /** How much of it has gone, from 0 to 1; at 1 the server works on it. */
  part: number;
  hasFailed: boolean;
}

/** What stands in the text until the picture is there. */
export function placeholderOf(id: string): string {
  return `![⏳](upload:${id})`;
}

/** A text without the placeholders of a page that was closed too early. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/!\[[^\]]*\]\(upload:[\w-]+\)\n?/g, "");
}

/** Stores pictures; `replace` puts the text for one in the place of its placeholder. */
export function useUploads(replace: (id: string, next: string) => void) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const latest = useRef(replace);
  latest.current = replace;

  function change(id: string, part: Partial<Upload>) {
    setUploads((all) => all.map((one) => (one.id === id ? { ...one, ...part } : one)));
  }

  function end(id: string, next: string) {
    latest.current(id, next);
    setUploads((all) => all.filter((one) => one.id !== id));
  }

  async function send(id: string, file: Blob) {
    try {
      const stored = await uploadImage(file, "project", (part) => change(id, { part }));
      end(id, `![](${stored.url})`);
    } catch {
      change(id, { hasFailed: true });
    }
  }

  return {
    uploads,
    /** Begin to store a picture, and tell under which id. */
    upload(file: Blob): string {
      const id = crypto.randomUUID();
      setUploads((all) => [...all, { id, file, part: 0, hasFailed: false }]);
      void send(id, file);
      return id;
    },
    retry({ id, file }: Upload) {
      change(id, { part: 0, hasFailed: false });
      void send(id, file);
    },
    /** Take a picture that did not arrive out of the text. */
    forget: ({ id }: Upload) => end(id, ""),
  };
}
