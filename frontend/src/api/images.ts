import { getAccessToken } from "@/auth/session";
import i18n from "@/i18n";
import { apiBase } from "./http/base";
import { ApiError, errorFrom, networkError } from "./http/errors";
import type { components } from "./http/schema";

export type StoredImage = components["schemas"]["StoredImage"];

export const IMAGE_TYPES = ["image/jpeg", "image/png", "image/webp", "image/gif"];
const MAX_BYTES = 5 * 1024 * 1024;

/**
 * Upload a picture; `onProgress` hears of the part that has gone, from 0 to 1. What the server
 * would refuse by size or type is refused before it is sent. Throws ApiError.
 */
export async function uploadImage(
  file: Blob,
  kind: "project" | "profile",
  onProgress: (part: number) => void = () => {},
): Promise<StoredImage> {
  if (!IMAGE_TYPES.includes(file.type))
    throw new ApiError(400, "image_type", i18n.t("image.wrongType"));
  if (file.size > MAX_BYTES) throw new ApiError(413, "image_size", i18n.t("image.tooLarge"));
  const token = await getAccessToken();
  const form = new FormData();
  form.append("kind", kind);
  form.append("image", file, "picture");
  // `fetch` does not tell how much of a body has gone.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${apiBase}/api/v1/images/`);
    if (token) request.setRequestHeader("Authorization", `Bearer ${token}`);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("Accept-Language", i18n.language);
    request.responseType = "json";
    request.upload.onprogress = ({ loaded, total }) => onProgress(total ? loaded / total : 0);
    request.onerror = () => reject(networkError());
    request.onload = () => {
      if (request.status === 201) return resolve(request.response as StoredImage);
      const headers = { "Retry-After": request.getResponseHeader("Retry-After") ?? "" };
      reject(errorFrom(new Response(null, { status: request.status, headers }), request.response));
    };
    request.send(form);
  });
}
