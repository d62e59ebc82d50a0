import { ActionIcon, Anchor, Button, Group, Modal, Stack, Text } from "@mantine/core";
import { IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Link } from "react-router";
import { draftsQuery, useDeleteDraft } from "@/api/drafts";
import { useErrorText } from "@/components/feedback/useErrorText";
import { FormFailure } from "@/components/form/FormFailure";
import { RelativeTime } from "@/components/text/RelativeTime";
import { useTranslation } from "@/i18n";
import { allUnsent, type DraftKey, draftPath, dropUnsent, listedDrafts } from "./unsent";

/** A button that opens what I began to write and have not published; none where there is nothing. */
export function DraftList({ current }: { current: DraftKey }) {
  const { t } = useTranslation("editor");
  const errorText = useErrorText();
  const { accountId } = current;
  const [isOpened, setIsOpened] = useState(false);
  const { data: saved, dataUpdatedAt } = useQuery(draftsQuery(accountId));
  const remove = useDeleteDraft(accountId);
  // Read again whenever the server's list is: what was sent in the meantime is not here any more.
  const drafts = listedDrafts(saved ?? [], dataUpdatedAt ? allUnsent(accountId) : [], current);
  if (drafts.length === 0) return null;
  return (
    <>
      <Button variant="default" size="sm" onClick={() => setIsOpened(true)}>
        {t("drafts.action", { count: drafts.length })}
      </Button>
      <Modal
        opened={isOpened}
        onClose={() => setIsOpened(false)}
        title={t("drafts.title")}
        closeButtonProps={{ "aria-label": t("common:action.close") }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t("drafts.text")}
          </Text>
          <FormFailure text={remove.error ? errorText(remove.error) : null} />
          {drafts.map(({ id, project, title, excerpt, at, isOnlyHere }) => (
            <Group key={id} wrap="nowrap" justify="space-between">
              <div style={{ minWidth: 0 }}>
                <Anchor
                  component={Link}
                  to={draftPath(project, id)}
                  onClick={() => setIsOpened(false)}
                  fw={600}
                  lineClamp={1}
                >
                  {title.trim() || excerpt.trim() || t("drafts.untitled")}
                </Anchor>
                <Text size="sm" c="dimmed">
                  {project && !current.project ? `${t("drafts.edit")} · ` : ""}
                  {isOnlyHere ? `${t("drafts.here")} · ` : ""}
                  <RelativeTime at={at} />
                </Text>
              </div>
              <ActionIcon
                variant="subtle"
                color="gray"
                size="lg"
                aria-label={t("drafts.delete", { title: title.trim() || t("drafts.untitled") })}
                loading={remove.isPending && remove.variables === id}
                onClick={() => remove.mutate(id, { onSuccess: () => dropUnsent(accountId, id) })}
              >
                <IconTrash size={18} aria-hidden="true" />
              </ActionIcon>
            </Group>
          ))}
        </Stack>
      </Modal>
    </>
  );
}
