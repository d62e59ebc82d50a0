import { Button } from "@mantine/core";
import { IconBan } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useNavigate } from "react-router";
import { blockQuery, useBlock } from "@/api/moderation";
import { logInPath } from "@/auth/logInPath";
import { useSession } from "@/auth/session";
import { Confirm } from "@/components/feedback/LazyConfirm";
import { notify } from "@/components/feedback/notify";
import { useErrorText } from "@/components/feedback/useErrorText";
import { useTranslation } from "@/i18n";

interface Props {
  username: string;
  /** Whether I block them, where the page knows it already. */
  known?: boolean;
}

/** Blocks a person after saying what that does, or takes it back; visitors are asked to log in. */
export function BlockButton({ username, known }: Props) {
  const { t } = useTranslation("safety");
  const errorText = useErrorText();
  const navigate = useNavigate();
  const signedOut = useSession() === "out";
  const { data } = useQuery({
    ...blockQuery(username),
    enabled: !signedOut,
    initialData: known === undefined ? undefined : { blocked: known },
  });
  const block = useBlock(username);
  const [asking, setAsking] = useState(false);
  const blocked = data?.blocked ?? false;

  async function blockNow() {
    await block.mutateAsync(true);
    void notify(t("block.done", { name: username }));
  }

  function click() {
    if (signedOut) return void navigate(logInPath());
    if (!blocked) return setAsking(true);
    block.mutate(false, {
      onSuccess: () => void notify(t("block.undone", { name: username })),
      onError: (error) => void notify(errorText(error), "failed"),
    });
  }

  return (
    <>
      <Button
        size="compact-xs"
        variant={blocked ? "light" : "subtle"}
        color="gray"
        leftSection={<IconBan size={14} aria-hidden="true" />}
        loading={block.isPending}
        onClick={click}
      >
        {t(blocked ? "block.undo" : "block.action")}
      </Button>
      <Confirm
        opened={asking}
        title={t("block.title", { name: username })}
        text={t("block.text")}
        action={t("block.confirm")}
        onConfirm={blockNow}
        onClose={() => setAsking(false)}
      />
    </>
  );
}
