import { useRef, useState } from "react";
import { uploadImage } from "@/api/images";

/** A picture on its way, or one that did not arrive. */
export interface Upload {
  id: string;
  file: Blob;
  /** How much of it has gone, from 0 to 1; at 1 the server works on it. */
  part: number;
  /** Why it did not arrive. */
  error: unknown;
}

/** What stands in the text until the picture is there. */
export function placeholderOf(id: string): string {
  return `![⏳](upload:${id})`;
}

/** Finds the placeholder of a picture, whatever it says. */
export function placeholderPattern(id: string): RegExp {
  return new RegExp(`!\\[[^\\]]*\\]\\(upload:${id}\\)`);
}

/** A text without the placeholders of pictures that are not there yet, or will never be. */
export function withoutPlaceholders(text: string): string {
  return text.replace(/!\[[^\]]*\]\(upload:[\w-]+\)\n?/g, "");
}

interface Listeners {
  /** The picture is there; with null it was given up. */
  onEnd: (id: string, address: string | null) => void;
  onChange: (upload: Upload) => void;
}

/** Stores pictures, and tells of each how far it is. */
export function useUploads(listeners: Listeners) {
  const [uploads, setUploads] = useState<Upload[]>([]);
  const latest = useRef(listeners);
  latest.current = listeners;

  function change(upload: Upload) {
    setUploads((all) => all.map((one) => (one.id === upload.id ? upload : one)));
    latest.current.onChange(upload);
  }

  function end(id: string, address: string | null) {
    setUploads((all) => all.filter((one) => one.id !== id));
    latest.current.onEnd(id, address);
  }

  async function send(id: string, file: Blob) {
    try {
      const onProgress = (part: number) => change({ id, file, part, error: null });
      const { url } = await uploadImage(file, "project", onProgress);
      end(id, url);
    } catch (error) {
      change({ id, file, part: 0, error });
    }
  }

  return {
    uploads,
    /** Begin to store a picture, and tell under which id. */
    upload(file: Blob): string {
      const id = crypto.randomUUID();
      setUploads((all) => [...all, { id, file, part: 0, error: null }]);
      void send(id, file);
      return id;
    },
    retry({ id, file }: Upload) {
      change({ id, file, part: 0, error: null });
      void send(id, file);
    },
    /** Take a picture that did not arrive out of the text. */
    forget: ({ id }: Upload) => end(id, null),
  };
}
