import { findDraft, putDraft } from "@/api/drafts";
import { isApiError } from "@/api/http/errors";
import { draftOf, sameDraft } from "./draft";
import { allUnsent, dropUnsent, readUnsent, type Unsent } from "./unsent";
import { withoutWriter } from "./useDraftLock";

/**
 * Send what closed tabs kept and the server does not have, and tell how many drafts it has more.
 * What it refuses, or another device has changed, stays for the editor that opens it.
 */
export async function sendUnsent(accountId: number): Promise<number> {
  let sent = 0;
  for (const [id] of allUnsent(accountId)) {
    await withoutWriter(id, async () => {
      const unsent = readUnsent(accountId, id);
      if (!unsent) return;
      await sendOn(id, unsent);
      dropUnsent(accountId, id, unsent.savedAt);
      sent += 1;
    }).catch(() => undefined);
  }
  return sent;
}

/**
 * Before a log-out: send everything that the server does not have, also of other tabs, within this
 * time, and tell how much it still lacks. What another device has changed becomes a draft of its
 * own: there is no time to ask which one to keep.
 */
export async function sendBeforeLeaving(accountId: number, withinMs: number): Promise<number> {
  const all = allUnsent(accountId).map(async ([id, unsent]) => {
    try {
      await sendOn(id, unsent);
    } catch (error) {
      if (!isApiError(error, 412)) return;
      await send(crypto.randomUUID(), { ...unsent, seen: null });
    }
    dropUnsent(accountId, id, unsent.savedAt);
  });
  const timeout = new Promise((resolve) => setTimeout(resolve, withinMs));
  await Promise.race([Promise.allSettled(all), timeout]);
  return allUnsent(accountId).length;
}

/**
 * Send it, also where the server has an earlier attempt of the same page, which was left before the
 * answer came. Throws 412 for what another device has changed.
 */
async function sendOn(id: string, unsent: Unsent): Promise<void> {
  try {
    await send(id, unsent);
  } catch (error) {
    if (!isApiError(error, 412)) throw error;
    const there = await findDraft(id);
    const said = there && draftOf(there);
    if (!said || ![unsent.draft, ...unsent.tried].some((one) => sameDraft(one, said))) throw error;
    await send(id, { ...unsent, seen: there.updated_at });
  }
}

function send(id: string, { draft, project, version, seen }: Unsent) {
  return putDraft(id, { ...draft, project, version, seen });
}
